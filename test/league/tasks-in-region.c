// Tasks in the parallel regions of a league (OpenMP 5.2, 12).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 200 };

int main(void) {
  int count[N] = {0}, waited = 0, chain = 0, groups = 0, generic = 0;
  int threads = 0;
#pragma omp target teams distribute parallel for num_teams(3)                  \
    map(tofrom : count, waited, groups)
  for (int i = 0; i < N; i++) {
    int x = 0;
#pragma omp task shared(x)
    {
      count[i] += i;
#pragma omp task shared(x)
      x = i;
#pragma omp taskwait
    }
#pragma omp taskwait
#pragma omp atomic
    waited += x;
#pragma omp taskgroup
    {
#pragma omp task
      {
#pragma omp atomic
        groups++;
      }
    }
  }
#pragma omp target teams num_teams(2) map(tofrom : generic, chain, threads)
  {
    int x = 0;
#pragma omp parallel num_threads(35) shared(x)
    {
#pragma omp atomic
      threads++;
#pragma omp single
      for (int i = 0; i < 5; i++) {
#pragma omp task depend(inout : x)
        x = 3 * x + 1;
      }
#pragma omp taskloop grainsize(2)
      for (int i = 0; i < 4; i++) {
#pragma omp atomic
        generic++;
      }
    }
#pragma omp atomic
    chain += x;
  }
  for (int i = 0; i < N; i++)
    EXPECT_EQ(count[i], i);
  EXPECT_EQ(waited, N * (N - 1) / 2);
  EXPECT_EQ(groups, N);
  EXPECT_EQ(chain, 2 * 121);
  EXPECT_EQ(generic, 4 * threads);
  return expect_failures;
}
