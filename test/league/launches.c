// Many leagues, one after the other and at the same time (OpenMP 5.2, 13.8).
//
// OpenMP 5.2: 13.8 target nowait
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { LAUNCHES = 6, N = 100 };

int main(void) {
  int sum[LAUNCHES] = {0}, count[LAUNCHES] = {0}, total = 0;
  for (int k = 0; k < LAUNCHES; k++) {
#pragma omp target teams distribute parallel for nowait num_teams(3)           \
    thread_limit(32) map(tofrom : sum[k : 1])
    for (int i = 0; i < N; i++) {
#pragma omp critical
      sum[k] += i;
    }
#pragma omp target teams nowait num_teams(2) map(tofrom : count[k : 1])
    {
      int local = 0;
#pragma omp parallel for schedule(dynamic) reduction(+ : local)
      for (int i = 0; i < N; i++)
        local++;
#pragma omp atomic
      count[k] += local;
    }
  }
#pragma omp taskwait
#pragma omp target map(tofrom : total)
#pragma omp parallel
#pragma omp single
  total = 1;
  for (int k = 0; k < LAUNCHES; k++) {
    EXPECT_EQ(sum[k], N * (N - 1) / 2);
    EXPECT_EQ(count[k], 2 * N);
  }
  EXPECT_EQ(total, 1);
  return expect_failures;
}
