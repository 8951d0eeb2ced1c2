// A cancelled loop or sections construct ends: threads leave it at their next
// cancellation point and meet at its end (OpenMP 5.2, 16.1).
//
// OpenMP 5.2: 16.1 cancel for; 16.1 cancel sections; 16.2 cancellation point
//
// Not on the host, where libomp 22 hangs after some cancelled dynamic loops.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 100, ROUNDS = 9 };

// Iteration `i` begins; all but the first wait for the cancellation.  That
// comes: whoever gets iteration 0 gets it before any other.
#define ITERATION(i, begun)                                                    \
  _Pragma("omp atomic") begun++;                                               \
  if (i == 0) {                                                                \
    _Pragma("omp cancel for")                                                  \
  }                                                                            \
  for (;;) {                                                                   \
    _Pragma("omp cancellation point for")                                      \
  }

int main(void) {
  int begun[3][ROUNDS] = {0}, active = 0, threads = 0, whole = 0, sections = 0;
#pragma omp target map(tofrom : begun, active, threads, whole, sections)
  {
    active = omp_get_cancellation();
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
      for (int round = 0; round < ROUNDS; round++) {
#pragma omp for
        for (int i = 0; i < N; i++) {
          ITERATION(i, begun[0][round])
        }
#pragma omp for schedule(dynamic)
        for (int i = 0; i < N; i++) {
          ITERATION(i, begun[1][round])
        }
        // The next loop is not cancelled.
#pragma omp for schedule(dynamic, 2)
        for (int i = 0; i < N; i++) {
#pragma omp cancellation point for
#pragma omp atomic
          whole++;
        }
#pragma omp for schedule(guided)
        for (int i = 0; i < N; i++) {
          ITERATION(i, begun[2][round])
        }
#pragma omp sections
        {
          {
#pragma omp cancel sections
#pragma omp atomic
            sections++;
          }
#pragma omp section
          for (;;) {
#pragma omp cancellation point sections
          }
        }
      }
    }
#pragma omp parallel for
    for (int i = 0; i < N; i++) {
#pragma omp cancel for if (i == 0)
      for (;;) {
#pragma omp cancellation point for
      }
    }
  }
  EXPECT_EQ(active, 1);
  EXPECT(threads > 1);
  EXPECT_EQ(sections, 0);
  EXPECT_EQ(whole, N * ROUNDS);
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < ROUNDS; i++)
      EXPECT(begun[k][i] >= 1 && begun[k][i] <= threads);
  return expect_failures;
}
