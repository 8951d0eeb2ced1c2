// Atomics on 16 bytes work on the device: _Atomic __int128, complex numbers
// and structures, and `omp atomic` on a complex number (C17 7.17, 6.5.16.2).
//
// OpenMP 5.2: 15.8.4 atomic of 16 bytes
// C17: 7.17 stdatomic.h
//
// REQUIRES: emulator || gpu
// RUN: %cc -Wno-atomic-alignment -Wno-openmp-mapping %s -o %exe -latomic
// RUN: %few-seeds %exe

#include "../expect.h"
#include <complex.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { THREADS = 8, TIMES = 20 };

struct pair {
  long left, right;
};

int main(void) {
  _Atomic __int128 sum = 0, largest = 0;
  static _Atomic struct pair pair;
  double complex z = 0;
  int torn = 0, swapped = 0, refused = 0;
#pragma omp target map(tofrom : sum, largest, pair, z, torn, swapped, refused)
  {
#pragma omp parallel num_threads(THREADS) reduction(+ : torn)
    for (int i = 0; i < TIMES; i++) {
      sum += ((__int128)1 << 64) + 1;
      struct pair seen = atomic_load(&pair);
      torn += seen.left != -seen.right;
      struct pair next;
      do
        next = (struct pair){seen.left + 1, seen.right - 1};
      while (!atomic_compare_exchange_weak(&pair, &seen, next));
#pragma omp atomic
      z += 1.0 + 2.0 * I;
    }
    __int128 expected = 5;
    atomic_store(&largest, 4);
    refused = !atomic_compare_exchange_strong(&largest, &expected, 9) &&
              expected == 4;
    swapped = atomic_compare_exchange_strong(&largest, &expected, 9) &&
              atomic_exchange(&largest, 17) == 9 &&
              atomic_fetch_or(&largest, 8) == 17 &&
              atomic_fetch_and(&largest, 24) == 25 &&
              atomic_fetch_xor(&largest, 1) == 24 &&
              atomic_fetch_sub(&largest, 30) == 25 &&
              atomic_load(&largest) == -5;
  }
  EXPECT_EQ(sum >> 64, THREADS * TIMES);
  EXPECT_EQ(sum, THREADS * TIMES);
  EXPECT_EQ(torn, 0);
  struct pair end = atomic_load(&pair);
  EXPECT_EQ(end.left, THREADS * TIMES);
  EXPECT_EQ(end.right, -THREADS * TIMES);
  EXPECT(creal(z) == THREADS * TIMES && cimag(z) == 2 * THREADS * TIMES);
  EXPECT(refused && swapped);
  return expect_failures;
}
