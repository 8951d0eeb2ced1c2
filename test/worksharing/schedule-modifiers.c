// The schedule modifiers: with monotonic each thread's iterations ascend, and
// monotonic, nonmonotonic and simd run each iteration once with every kind
// (OpenMP 5.2, 11.5.3).
//
// OpenMP 5.2: 11.5.3 schedule modifiers
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 60, KINDS = 8 };

/* One loop: count each iteration, and those that are behind an earlier one of
 * the same thread. */
#define LOOP(number, clause)                                                   \
  {                                                                            \
    int last = -1;                                                             \
    _Pragma(clause) for (int i = 0; i < N; i++) {                              \
      runs[number][i]++;                                                       \
      runner[number][i] = omp_get_thread_num();                                \
      if (i < last) {                                                          \
        _Pragma("omp atomic") descents[number]++;                              \
      }                                                                        \
      last = i;                                                                \
    }                                                                          \
  }

static int runs[KINDS][N], runner[KINDS][N], descents[KINDS];

int main(void) {
#pragma omp target map(tofrom : runs, runner, descents)
#pragma omp parallel num_threads(4)
  {
    LOOP(0, "omp for schedule(monotonic : static, 2)")
    LOOP(1, "omp for schedule(monotonic : dynamic, 2)")
    LOOP(2, "omp for schedule(monotonic : guided, 2)")
    LOOP(3, "omp for schedule(monotonic : runtime)")
    LOOP(4, "omp for schedule(nonmonotonic : dynamic, 2)")
    LOOP(5, "omp for schedule(nonmonotonic : guided)")
    LOOP(6, "omp for schedule(nonmonotonic : auto)")
    LOOP(7, "omp for schedule(monotonic, simd : dynamic, 3)")
  }
  for (int k = 0; k < KINDS; k++) {
    int once = 0;
    for (int i = 0; i < N; i++)
      once += runs[k][i] == 1;
    EXPECT_EQ(once, N);
    if (k < 4 || k == 7)
      EXPECT_EQ(descents[k], 0);
  }
  // Round robin: one thread for all would be none.
  int threads = runner[0][N - 1] + 1;
  for (int i = 0; i < N; i++)
    threads = runner[0][i] >= threads ? runner[0][i] + 1 : threads;
  for (int i = 0; i < N; i++)
    EXPECT_EQ(runner[0][i], i / 2 % threads);
  return expect_failures;
}
