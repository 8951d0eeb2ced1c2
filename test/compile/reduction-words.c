// What clang 22 makes for a reduction is for lanes.  Our pass makes two functions
// of it, which write words down and combine what others wrote: a few
// instructions, and nothing asks the runtime (plugin/combine.cpp).
//
// REQUIRES: compiler && !host
// RUN: %cc -O2 --offload-device-only -emit-llvm -c %s -o %t.bc
// RUN: llvm-dis %t.bc -o - | FileCheck %s
// RUN: llvm-dis %t.bc -o - | FileCheck %s --check-prefixes=CALLS,LEAGUE
// RUN: %cc -O0 -g --offload-device-only -emit-llvm -c %s -o %t.0.bc
// RUN: llvm-dis %t.0.bc -o - | FileCheck %s --check-prefix=CALLS

// A double and an int are three words.
// CALLS: call i32 @__heddle_reduce({{.*}}_write, ptr {{.*}}_combine, i32 3)
// In loops by 8, 4, 2 and 1 bytes: 2 words for each 8, and one for each rest.
// CALLS: call i32 @__heddle_reduce({{.*}}_write{{.*}}, ptr {{.*}}_combine{{.*}}, i32 13)
// Where only lanes reduce it stays what it is.
// LEAGUE-NOT: call i32 @__heddle_reduce(
// LEAGUE: call i32 @__heddle_league_reduce(

// CHECK: define internal void @{{.*}}_write(
// CHECK-NOT: call
// CHECK: store i64 {{.*}}, align 4
// CHECK-NOT: call
// CHECK: store i32
// CHECK-NOT: call
// CHECK: ret void
// CHECK: define internal void @{{.*}}_combine(
// CHECK: load double, {{.*}}, align 4
// CHECK: fadd double
// CHECK: call i32 @llvm.smax.i32(
// CHECK: ret void

void two(double *a, int n, double *sum, int *most) {
  double s = 0;
  int m = 0;
#pragma omp target map(tofrom : s, m) map(to : a[ : n])
#pragma omp parallel for reduction(+ : s) reduction(max : m)
  for (int i = 0; i < n; i++) {
    s += a[i];
    m = m < i ? i : m;
  }
  *sum = s;
  *most = m;
}

void array(int *sum) {
#pragma omp target map(tofrom : sum[ : 13])
#pragma omp parallel reduction(+ : sum[ : 13])
  sum[0]++;
}

double league(double *a, int n) {
  double s = 0;
#pragma omp target teams distribute parallel for reduction(+ : s)
  for (int i = 0; i < n; i++)
    s += a[i];
  return s;
}
