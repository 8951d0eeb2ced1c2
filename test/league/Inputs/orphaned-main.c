#include "../../expect.h"
#include "orphans.h"
#include <omp.h>

enum { TEAMS = 3, N = 60 };

int main(void) {
  static int spmd[TEAMS][N], generic[TEAMS][N];
  int number[N], region[TEAMS][2] = {{0}}, wrong = 0;
#pragma omp target teams num_teams(TEAMS) map(tofrom : spmd)
#pragma omp parallel
  orphaned_loops(spmd[omp_get_team_num()], N);
#pragma omp target teams num_teams(TEAMS) map(tofrom : generic, region, wrong)
  {
    int t = omp_get_team_num();
    if (orphaned_number() != 1000 * t) {
#pragma omp atomic
      wrong++;
    }
#pragma omp parallel num_threads(50)
    orphaned_loops(generic[t], N);
    orphaned_region(region[t]);
  }
#pragma omp target teams distribute parallel for num_teams(2) thread_limit(32) \
    map(from : number)
  for (int i = 0; i < N; i++)
    number[i] = orphaned_number();
  EXPECT_EQ(wrong, 0);
  for (int t = 0; t < TEAMS; t++) {
    for (int i = 0; i < N; i++) {
      EXPECT_EQ(spmd[t][i], 2 + (i < 2));
      EXPECT_EQ(generic[t][i], 2 + (i < 2));
    }
    EXPECT(region[t][0] >= 1);
    EXPECT_EQ(region[t][0], region[t][1]);
  }
  for (int i = 0; i < N; i++)
    EXPECT_EQ(number[i], 10000 + i / 32 * 1000 + i % 32);
  return expect_failures;
}
