// Reductions over tasks of an initial thread (OpenMP 5.2, 5.5.9).
//
// OpenMP 5.2: 5.5.9 task_reduction
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { TEAMS = 2, N = 40 };

int main(void) {
  int sum[TEAMS] = {0};
#pragma omp target teams distribute num_teams(TEAMS) map(tofrom : sum)
  for (int t = 0; t < TEAMS; t++) {
    int local = 0;
#pragma omp taskgroup task_reduction(+ : local)
    for (int i = 0; i < N; i++) {
#pragma omp task in_reduction(+ : local)
      local += i;
    }
    sum[t] = local;
  }
  for (int t = 0; t < TEAMS; t++)
    EXPECT_EQ(sum[t], N * (N - 1) / 2);
  return expect_failures;
}
