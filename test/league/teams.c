// A league has as many teams as asked for; each executes the region once
// (OpenMP 5.2, 10.2).
//
// OpenMP 5.2: 10.2 teams
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 7 };

int main(void) {
  int runs[TEAMS] = {0}, teams[TEAMS], threads[TEAMS], level[TEAMS];
  int others = 0;
#pragma omp target teams num_teams(TEAMS) map(tofrom : runs, others)           \
    map(from : teams, threads, level)
  {
    int me = omp_get_team_num();
    if (me < 0 || me >= TEAMS) {
#pragma omp atomic
      others++;
    } else {
#pragma omp atomic
      runs[me]++;
      teams[me] = omp_get_num_teams();
      threads[me] = omp_get_num_threads();
      level[me] = omp_get_level();
    }
  }
  EXPECT_EQ(others, 0);
  for (int i = 0; i < TEAMS; i++) {
    EXPECT_EQ(runs[i], 1);
    EXPECT_EQ(teams[i], TEAMS);
    EXPECT_EQ(threads[i], 1);
    EXPECT_EQ(level[i], 0);
  }
  return expect_failures;
}
