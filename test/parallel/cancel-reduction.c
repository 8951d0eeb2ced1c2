// Reductions stand in regions that can be cancelled: they are right when none
// is, threads in the middle of them do not wait for others that have left, and
// those of later regions are right (OpenMP 5.2, 16.1 and 5.5.5).  Clang 22 gives
// such reductions a function that no reader of bitcode takes; the pass mends it.
//
// OpenMP 5.2: 16.1 cancel parallel; 5.5.8 reduction on for
//
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe
// RUN: env OMP_CANCELLATION=true HEDDLE_EMU_SMS=20 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 6, N = 64 };

int main(void) {
  int wrong = 0, stayed = 0;
#pragma omp target map(tofrom : wrong, stayed)
  for (int round = 0; round < ROUNDS; round++) {
    int threads = 0, ones = 0;
    long sum = 0;
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
#pragma omp cancel parallel if (round % 2 && omp_get_thread_num() == round)
#pragma omp for reduction(+ : ones) nowait schedule(static, 1)
      for (int i = 0; i < N; i++)
        ones++;
#pragma omp for reduction(+ : sum) schedule(static, 1)
      for (int i = 0; i < N; i++)
        sum += i;
      if (round % 2) {
#pragma omp atomic
        stayed++;
      }
    }
    if (round % 2 == 0)
      wrong += threads <= ROUNDS || ones != N || sum != N * (N - 1) / 2;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(stayed, 0);
  return expect_failures;
}
