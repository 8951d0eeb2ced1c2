// taskloop with strict chunk sizes, collapse, if, final, untied, mergeable,
// priority, private, nogroup and simd runs each iteration once, in chunks as
// asked (OpenMP 5.2, 12.6, 15.7).
//
// OpenMP 5.2: 12.6 taskloop; 12.6.1 grainsize; 12.6.2 num_tasks; 15.7 nogroup
//
// RUN: %cc -Wno-pass-failed %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 50, LOOPS = 7 };

static int runs[LOOPS][N], first[N], starts[2];

int main(void) {
  int same = 0, in_final = 0, grouped = 0, scratch = 3;
#pragma omp target map(tofrom : runs, first, starts, same, in_final, grouped,  \
                           scratch)
#pragma omp parallel
#pragma omp single
  {
    int self = omp_get_thread_num();
    // Chunks of exactly 8, the last one of 2: a chunk's tasks see its start.
    int begins = -1;
#pragma omp taskloop grainsize(strict : 8) firstprivate(begins) shared(first)
    for (int i = 0; i < N; i++) {
      if (begins < 0)
        begins = i;
      first[i] = begins;
    }
    int opened = 0;
#pragma omp taskloop num_tasks(strict : 4) firstprivate(opened) shared(starts)
    for (int i = 0; i < N; i++) {
      if (!opened++) {
#pragma omp atomic
        starts[0]++;
      }
      runs[0][i]++;
    }
#pragma omp taskloop collapse(2) grainsize(3)
    for (int i = 0; i < 5; i++)
      for (int j = 0; j < N / 5; j++)
        runs[1][i * (N / 5) + j]++;
#pragma omp taskloop if (self < 0) shared(same)
    for (int i = 0; i < N; i++) {
      runs[2][i]++;
      same += omp_get_thread_num() == self;
    }
#pragma omp taskloop final(1) shared(in_final) grainsize(10)
    for (int i = 0; i < N; i++) {
      runs[3][i]++;
      if (omp_in_final()) {
#pragma omp atomic
        in_final++;
      }
    }
#pragma omp taskloop untied mergeable priority(2) private(scratch)
    for (int i = 0; i < N; i++) {
      scratch = i;
#pragma omp taskyield
      runs[4][i] += scratch == i;
    }
#pragma omp taskgroup
    {
#pragma omp taskloop simd nogroup num_tasks(6) shared(grouped)
      for (int i = 0; i < N; i++) {
        runs[5][i]++;
#pragma omp atomic
        grouped++;
      }
    }
    starts[1] = grouped;
#pragma omp taskloop default(none) shared(runs) num_tasks(1)
    for (int i = N - 1; i >= 0; i -= 1)
      runs[6][i]++;
  }
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(first[i], i / 8 * 8);
    for (int k = 0; k < LOOPS; k++)
      EXPECT_EQ(runs[k][i], 1);
  }
  EXPECT_EQ(starts[0], 4);
  EXPECT_EQ(starts[1], N);
  EXPECT_EQ(same, N);
  EXPECT_EQ(in_final, N);
  EXPECT_EQ(scratch, 3);
  return expect_failures;
}
