// The loop construct runs each iteration once per thread set it is bound to
// (OpenMP 5.2, 11.7).
//
// OpenMP 5.2: 11.7 loop; 11.7.1 bind(parallel); 11.7.1 bind(thread)
// OpenMP 5.2: 5.5.8 reduction on loop
//
// clang does not vectorise bind(thread) for a GPU and would warn.
// RUN: %cc -Wno-pass-failed %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 50 };

int main(void) {
  int team[N] = {0}, each[N] = {0}, combined[N] = {0}, league[N] = {0};
  int thread[N], threads = 0, sum = 0;
#pragma omp target map(tofrom : team, each, combined, threads, sum)            \
    map(from : thread)
  {
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
#pragma omp loop bind(parallel)
      for (int i = 0; i < N; i++)
        team[i]++;
#pragma omp loop bind(thread)
      for (int i = 0; i < N; i++) {
#pragma omp atomic
        each[i]++;
      }
      // Bound to the team without being told.
#pragma omp loop reduction(+ : sum)
      for (int i = 0; i < N; i++)
        sum += i;
    }
#pragma omp parallel loop
    for (int i = 0; i < N; i++) {
      combined[i]++;
      thread[i] = i;
    }
  }
#pragma omp target teams loop num_teams(1) map(tofrom : league)
  for (int i = 0; i < N; i++)
    league[i]++;
  EXPECT(threads > 1);
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(team[i], 1);
    EXPECT_EQ(each[i], threads);
    EXPECT_EQ(combined[i], 1);
    EXPECT_EQ(thread[i], i);
    EXPECT_EQ(league[i], 1);
  }
  EXPECT_EQ(sum, N * (N - 1) / 2);
  return expect_failures;
}
