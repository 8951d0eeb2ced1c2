// Copies that are combined by words lie at multiples of words, whatever their
// elements: clang 22 leaves those of narrow arrays where they happen to be, which
// stops a GPU (plugin/reductions.cpp).
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
#pragma omp end declare target
