// With nowait the threads may be in several ordered loops at once, and each
// loop has its own order (OpenMP 5.2, 15.10.2 and 15.6).
//
// OpenMP 5.2: 15.10.2 ordered
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 20, LOOPS = 30 };

int main(void) {
  int hash[LOOPS] = {0}, hits = 0;
#pragma omp target map(tofrom : hash, hits)
#pragma omp parallel
  for (int k = 0; k < LOOPS; k += 3) {
#pragma omp for ordered schedule(dynamic) nowait
    for (int i = 0; i < N; i++) {
#pragma omp ordered
      hash[k] = hash[k] * 3 % 10007 + i;
    }
#pragma omp for ordered schedule(static, 2) nowait
    for (int i = 0; i < N; i++) {
#pragma omp ordered
      hash[k + 1] = hash[k + 1] * 3 % 10007 + i;
    }
    // A loop without order shares the slots.
#pragma omp for schedule(dynamic) nowait
    for (int i = 0; i < N; i++) {
#pragma omp atomic
      hits++;
    }
#pragma omp for ordered schedule(guided, 2) nowait
    for (int i = N - 1; i >= 0; i--) {
#pragma omp ordered
      hash[k + 2] = hash[k + 2] * 3 % 10007 + i;
    }
  }
  int up = 0, down = 0;
  for (int i = 0; i < N; i++) {
    up = up * 3 % 10007 + i;
    down = down * 3 % 10007 + N - 1 - i;
  }
  for (int k = 0; k < LOOPS; k++)
    EXPECT_EQ(hash[k], k % 3 == 2 ? down : up);
  EXPECT_EQ(hits, N * LOOPS / 3);
  return expect_failures;
}
