// A private variable of a team is one variable, which all its threads share
// (OpenMP 5.2, 5.1.1).
//
// OpenMP 5.2: 5.1.1 sharing of locals with tasks
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 4 };

int main(void) {
  int first = 100, sum[TEAMS] = {0}, copy[TEAMS], threads[TEAMS] = {0};
  int none, large[300], wrong = 0;
  large[7] = 70;
#pragma omp target teams num_teams(TEAMS) private(none) firstprivate(first)    \
    firstprivate(large) map(tofrom : sum, copy, threads, wrong)
#pragma omp parallel shared(none, first, large)
  {
    int team = omp_get_team_num();
#pragma omp masked
    {
      none = team + 5;
      large[8] = team;
    }
#pragma omp atomic
    first++;
#pragma omp barrier
    if (large[7] != 70 || large[8] != team) {
#pragma omp atomic
      wrong++;
    }
#pragma omp atomic
    sum[team] += none;
#pragma omp atomic
    threads[team]++;
    if (omp_get_thread_num() == omp_get_num_threads() - 1)
      copy[team] = first;
  }
  EXPECT_EQ(wrong, 0);
  for (int t = 0; t < TEAMS; t++) {
    EXPECT_EQ(sum[t], threads[t] * (t + 5));
    EXPECT_EQ(copy[t], 100 + threads[t]);
  }
  return expect_failures;
}
