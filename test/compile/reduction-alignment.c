// Copies that are combined by words lie at multiples of words, whatever their
// elements: clang 22 leaves those of narrow arrays where they happen to be, which
// stops a GPU, and says of each word of a type that is aligned to more that it is
// aligned to as much (plugin/reductions.cpp).
//
// REQUIRES: compiler && !host
// RUN: %cc -O0 --offload-device-only -S -emit-llvm %s -o - | FileCheck %s

#pragma omp begin declare target
// CHECK-LABEL: define {{.*}}omp_outlined
// CHECK: alloca [9 x i8], align 8
// CHECK: alloca [5 x i16], align 8
int sum(void) {
  unsigned char byte[9] = {0};
  short half[5] = {0};
#pragma omp parallel reduction(+ : byte, half)
  {
    byte[8]++;
    half[4]++;
  }
  return byte[8] + half[4];
}

// CHECK-LABEL: define {{.*}}_write(
// CHECK-NOT: {{(load|store) i64, .*align 16}}
// CHECK: load i64, {{.*}}, align 8
// CHECK-NOT: {{(load|store) i64, .*align 16}}
// CHECK-LABEL: define {{.*}}_combine_one(
// CHECK-NOT: {{store i64, .*align 16}}
// CHECK: ret void
__int128 large(void) {
  __int128 wide = 0;
#pragma omp parallel reduction(+ : wide)
  wide++;
  return wide;
}
#pragma omp end declare target
