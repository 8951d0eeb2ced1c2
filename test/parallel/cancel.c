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
  int after = 0, entered = 0, next = 0, sum = 0, nested = 0, inner = 0;
  // What the regions' teams add up to; the second may be larger than the first.
  int cancelled = 0, whole = 0, whole_sum = 0;
#pragma omp target map(tofrom : after, entered, next, sum, nested, inner,      \
                           cancelled, whole, whole_sum)
  for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        cancelled += omp_get_num_threads();
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
      int threads = omp_get_num_threads();
      if (omp_get_thread_num() == 0) {
        whole += threads;
        whole_sum += threads * (threads - 1) / 2;
      }
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
  EXPECT(cancelled > ROUNDS);
  EXPECT_EQ(entered, cancelled);
  EXPECT_EQ(after, 0);
  EXPECT_EQ(next, whole);
  EXPECT_EQ(inner, whole);
  EXPECT_EQ(nested, whole);
  EXPECT_EQ(sum, whole_sum);
  return expect_failures;
}
