// rand on the device gives the same numbers after the same srand, in [0,
// RAND_MAX], spread evenly, and different ones to threads that call it at once
// (C17 7.22.2).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <stdlib.h>

enum { DRAWS = 4000, BINS = 16, THREADS = 8, EACH = 50 };

int main(void) {
  int first[4], again[4], other[4], bins[BINS] = {0}, bad = 0;
  int drawn[THREADS * EACH];
#pragma omp target map(from : first, again, other, drawn)                      \
    map(tofrom : bins, bad)
  {
    for (int i = 0; i < 4; i++)
      first[i] = rand(); /* as after srand(1) */
    srand(2);
    for (int i = 0; i < 4; i++)
      other[i] = rand();
    srand(1);
    for (int i = 0; i < 4; i++)
      again[i] = rand();
    unsigned seed = 5;
    for (int i = 0; i < DRAWS; i++) {
      int r = i % 2 ? rand() : rand_r(&seed);
      bad += r < 0 || r > RAND_MAX;
      bins[r % BINS]++;
    }
#pragma omp parallel for num_threads(THREADS)
    for (int i = 0; i < THREADS * EACH; i++)
      drawn[i] = rand();
  }
  EXPECT_EQ(bad, 0);
  for (int i = 0; i < 4; i++) {
    EXPECT_EQ(first[i], again[i]);
    EXPECT(first[i] != other[i]);
  }
  for (int i = 0; i < BINS; i++)
    EXPECT(bins[i] > DRAWS / BINS * 3 / 4 && bins[i] < DRAWS / BINS * 5 / 4);
  int same = 0;
  for (int i = 0; i < THREADS * EACH; i++)
    for (int k = 0; k < i; k++)
      same += drawn[i] == drawn[k];
  EXPECT(same <= 1); /* chance: once in 27000 runs */
  return expect_failures;
}
