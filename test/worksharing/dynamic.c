// dynamic and guided loops run each iteration exactly once, whatever the chunk
// and however many loops follow each other with nowait (OpenMP 5.2, 11.5.3).
//
// OpenMP 5.2: 11.5.3 schedule(dynamic); 11.5.3 schedule(guided)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 150, LOOPS = 12 };

static int hits[LOOPS][N];

int main(void) {
#pragma omp target map(tofrom : hits)
  {
#pragma omp parallel shared(hits)
    for (int k = 0; k < LOOPS; k += 4) {
#pragma omp for schedule(dynamic) nowait
      for (int i = 0; i < N; i++)
        hits[k][i]++;
#pragma omp for schedule(dynamic, 7) nowait
      for (int i = 0; i < N; i++)
        hits[k + 1][i]++;
#pragma omp for schedule(guided) nowait
      for (int i = 0; i < N; i++)
        hits[k + 2][i]++;
#pragma omp for schedule(guided, 5) nowait
      for (int i = 0; i < N; i++)
        hits[k + 3][i]++;
    }
  }
  int once = 0;
  for (int k = 0; k < LOOPS; k++)
    for (int i = 0; i < N; i++)
      once += hits[k][i] == 1;
  EXPECT_EQ(once, LOOPS * N);
  return expect_failures;
}
