// Threads that learn late that their parallel region is cancelled do not hang
// in constructs that the others never reach, and later regions are whole
// (OpenMP 5.2, 16.1).
//
// OpenMP 5.2: 16.1 cancel parallel
//
// Not on the host, where libomp 22 hangs in just those constructs.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 20, ROUNDS = 4, LOOPS = 12 };

// Everything for which threads wait for each other, without a cancellation
// point.  Returns what `single` gave to all.
static int together(int *x, int *total, int *sum) {
  int value = -1;
  for (int k = 0; k < LOOPS; k++) {
#pragma omp for schedule(dynamic) nowait
    for (int i = 0; i < N; i++) {
#pragma omp atomic
      *total += 1;
    }
  }
#pragma omp for ordered schedule(static, 1)
  for (int i = 0; i < N; i++) {
#pragma omp ordered
    *total += 1;
  }
#pragma omp for ordered(1)
  for (int i = 1; i < N; i++) {
#pragma omp ordered depend(sink : i - 1)
    x[i] = x[i - 1] + 1;
#pragma omp ordered depend(source)
  }
#pragma omp single copyprivate(value)
  value = 5;
#pragma omp scope reduction(+ : sum[0 : 1])
  sum[0] += value;
  return value;
}

int main(void) {
  int x[N] = {0}, total = 0, sum = 0, after = 0, wrong = 0, threads = 0;
#pragma omp target map(tofrom : x, total, sum, after, wrong, threads)
  for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
    {
      if (omp_get_thread_num() == omp_get_num_threads() / 2) {
#pragma omp cancel parallel
      }
      together(x, &total, &sum);
#pragma omp cancellation point parallel
#pragma omp atomic
      after++;
    }
    total = sum = 0;
    x[0] = round;
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
      int value = together(x, &total, &sum);
      int bad = value != 5 || sum != 5 * omp_get_num_threads() ||
                x[N - 1] != round + N - 1 || total != N * (LOOPS + 1);
#pragma omp atomic
      wrong += bad;
    }
  }
  EXPECT(threads > 1);
  EXPECT_EQ(after, 0);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
