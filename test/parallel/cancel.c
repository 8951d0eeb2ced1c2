// A cancelled parallel region ends: threads leave it at their next cancellation
// point, wherever the others are, and later regions are whole (OpenMP 5.2,
// 16.1).
//
// OpenMP 5.2: 16.1 cancel parallel; 16.2 cancellation point
// OpenMP 5.2: 21.2.6 OMP_CANCELLATION
//
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 4 };

int main(void) {
  int after = 0, entered = 0, threads = 0, next = 0, sum = 0, nested = 0;
  int inner = 0;
#pragma omp target map(tofrom : after, entered, threads, next, sum, nested,    \
                           inner)
  for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
#pragma omp atomic
      entered++;
      if (omp_get_thread_num() == omp_get_num_threads() - 1) {
#pragma omp cancel parallel
      }
      // There is no other way out, and the last thread waits for nobody.
      for (;;) {
#pragma omp cancellation point parallel
      }
    }
#pragma omp parallel reduction(+ : sum)
    {
#pragma omp cancellation point parallel
#pragma omp barrier
      sum += omp_get_thread_num();
#pragma omp atomic
      next++;
      // A team of one within.
#pragma omp parallel
      {
#pragma omp atomic
        inner++;
#pragma omp cancel parallel
#pragma omp atomic
        after++;
      }
#pragma omp cancellation point parallel
#pragma omp atomic
      nested++;
    }
  }
  EXPECT(threads > 1);
  EXPECT_EQ(entered, ROUNDS * threads);
  EXPECT_EQ(after, 0);
  EXPECT_EQ(next, ROUNDS * threads);
  EXPECT_EQ(inner, ROUNDS * threads);
  EXPECT_EQ(nested, ROUNDS * threads);
  EXPECT_EQ(sum, ROUNDS * (threads * (threads - 1) / 2));
  return expect_failures;
}
