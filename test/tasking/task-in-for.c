// Every thread of a parallel for creates tasks; the barrier at the end of the
// loop completes them all (OpenMP 5.2, 12.5 and 15.3.2).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 200 };

int main(void) {
  int hits[N] = {0}, after = -1;
#pragma omp target map(tofrom : hits, after)
  {
    int done = 0;
#pragma omp parallel shared(done)
    {
#pragma omp for
      for (int i = 0; i < N; i++) {
#pragma omp task shared(hits, done) firstprivate(i)
        {
          hits[i]++;
#pragma omp atomic
          done++;
        }
      }
      // The barrier at the end of the loop is behind us.
#pragma omp single
#pragma omp atomic read
      after = done;
    }
  }
  int once = 0;
  for (int i = 0; i < N; i++)
    once += hits[i] == 1;
  EXPECT_EQ(once, N);
  EXPECT_EQ(after, N);
  return expect_failures;
}
