// A league's kernel that an SM is to hold 1280 threads of gets the registers it
// needs all the same, and the result is right.
//
// REQUIRES: gpu
// RUN: %cc -O2 %s -o %exe
// RUN: env HEDDLE_CACHE=off HEDDLE_VERBOSE=2 %run %exe 2>&1 | FileCheck %s
// CHECK: some kernels need more registers than a crowded SM has
// CHECK: sum 2080

#include <stdio.h>

enum { LIVE = 64, N = 1 << 16 };

int main(void) {
  static double a[N];
#pragma omp target teams distribute parallel for map(from : a)
  for (int i = 0; i < N; i++) {
    double v[LIVE], sum = 0;
    for (int k = 0; k < LIVE; k++)
      v[k] = i % 1000 + k;
    for (int round = 0; round < 100; round++) { // each needs all others
      double first = v[0];
#pragma unroll
      for (int k = 0; k + 1 < LIVE; k++)
        v[k] = v[k] * 0.5 + v[k + 1] * 0.5;
      v[LIVE - 1] = v[LIVE - 1] * 0.5 + first * 0.5;
    }
    for (int k = 0; k < LIVE; k++)
      sum += v[k];
    a[i] = sum;
  }
  // An average moves nothing in or out.
  printf("sum %.0f\n", a[1]);
  return 0;
}
