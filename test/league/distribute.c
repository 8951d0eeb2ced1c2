// `distribute` shares the iterations among the initial threads of the teams; a
// parallel loop inside shares those of a team (OpenMP 5.2, 11.6).
//
// OpenMP 5.2: 11.6 distribute
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40, M = 70 };

int main(void) {
  static int count[N][M], team[N];
  int chunk[N];
#pragma omp target teams distribute num_teams(3) map(tofrom : count, team)
  for (int i = 0; i < N; i++) {
    team[i] = omp_get_team_num() + 1;
    int base = i * 1000;
#pragma omp parallel for
    for (int j = 0; j < M; j++)
      count[i][j] += base + j + 1;
  }
#pragma omp target teams distribute num_teams(3) dist_schedule(static, 4)      \
    map(from : chunk)
  for (int i = 0; i < N; i++)
    chunk[i] = omp_get_team_num();
  int teams[4] = {0};
  for (int i = 0; i < N; i++) {
    teams[team[i]]++;
    EXPECT_EQ(chunk[i], i / 4 % 3);
    for (int j = 0; j < M; j++)
      EXPECT_EQ(count[i][j], i * 1000 + j + 1);
  }
  EXPECT_EQ(teams[0], 0);
  EXPECT_EQ(teams[1], 14);
  EXPECT_EQ(teams[2], 13);
  EXPECT_EQ(teams[3], 13);
  return expect_failures;
}
