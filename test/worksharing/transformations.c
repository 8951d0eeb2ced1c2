// Loop transformations keep what a loop computes, alone and under a worksharing
// loop, and order(concurrent) is accepted (OpenMP 5.2, 9.1, 9.2 and 10.3).
//
// OpenMP 5.2: 9.1 tile; 9.2 unroll; 10.3 order(concurrent)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 30, M = 14 };

static int tiled[N][M], rows[N][M], unrolled[N], partial[N], free_order[N];

int main(void) {
  int sum = 0, threads = 0;
#pragma omp target map(tofrom : tiled, rows, unrolled, partial, free_order,    \
                           sum, threads)
  {
#pragma omp tile sizes(4, 5)
    for (int i = 0; i < N; i++)
      for (int j = 0; j < M; j++)
        tiled[i][j] += i + j;
#pragma omp unroll full
    for (int i = 0; i < 12; i++)
      sum += i;
#pragma omp unroll
    for (int i = 0; i < N; i++)
      unrolled[i]++;
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
#pragma omp for
#pragma omp tile sizes(4, 5)
      for (int i = 0; i < N; i++)
        for (int j = 0; j < M; j++)
          rows[i][j]++;
#pragma omp for
#pragma omp unroll partial(4)
      for (int i = 0; i < N; i++)
        partial[i]++;
#pragma omp for order(reproducible : concurrent)
      for (int i = 0; i < N; i++)
        free_order[i]++;
#pragma omp loop order(unconstrained : concurrent)
      for (int i = 0; i < N; i++)
        free_order[i]++;
    }
  }
  EXPECT(threads > 1);
  EXPECT_EQ(sum, 66);
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < M; j++) {
      EXPECT_EQ(tiled[i][j], i + j);
      EXPECT_EQ(rows[i][j], 1);
    }
    EXPECT_EQ(unrolled[i], 1);
    EXPECT_EQ(partial[i], 1);
    EXPECT_EQ(free_order[i], 2);
  }
  return expect_failures;
}
