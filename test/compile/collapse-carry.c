// In a collapsed loop the variables are counted with carry: what is left of the
// divisions is done before the loop, on 32 bits where numbers are that small and
// else without the machine's own division of 64 bits, which is a call.
//
// REQUIRES: compiler, emulator || gpu
// RUN: %cc -O2 --offload-device-only -S -emit-llvm %s -o %t.ll
// RUN: FileCheck %s --input-file=%t.ll
// RUN: FileCheck %s --input-file=%t.ll --check-prefix=OWN

// The launch is told that threads divide: few of them, then, and each for long.
// CHECK: _walk_{{.*}}_kernel_environment = {{.*}} { i8 2, i8 1, i8 2,
// CHECK: _own_{{.*}}_kernel_environment = {{.*}} { i8 0, i8 1, i8 2,

// CHECK-LABEL: define {{.*}}_walk_
// CHECK-NOT: {{[su](div|rem) i64}}
// CHECK-COUNT-5: udiv i32
// CHECK-NOT: {{[su](div|rem)}}
// CHECK: ret void
// CHECK: }
void walk(double *a, long n, long m, long k) {
#pragma omp target teams distribute parallel for collapse(3)                   \
    map(tofrom : a[ : n * m * k])
  for (long x = 0; x < n; x++)
    for (long y = 0; y < m; y++)
      for (long z = 0; z < k; z++)
        a[(x * m + y) * k + z] = (double)(x + y + z);
}

// Nothing says that this divisor is above 0.
// OWN-LABEL: define {{.*}}_own_
// OWN: sdiv i64
void own(long *a, long n, long by) {
#pragma omp target teams distribute parallel for map(tofrom : a[ : n])
  for (long i = 0; i < n; i++)
    a[i] = i / by;
}
