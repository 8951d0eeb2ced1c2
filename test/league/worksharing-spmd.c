// The same where the parallel region is all of the kernel (OpenMP 5.2, 11).
//
// OpenMP 5.2: 11.5 for
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 3, N = 150, LOOPS = 4 };

int main(void) {
  static int count[TEAMS][LOOPS][N];
  int singles[TEAMS] = {0}, copied[TEAMS] = {0}, threads[TEAMS] = {0};
  int order[TEAMS] = {0}, disorder = 0;
#pragma omp target teams num_teams(TEAMS) thread_limit(72)                     \
    map(tofrom : count, singles, copied, threads, order, disorder)
#pragma omp parallel
  {
    int t = omp_get_team_num();
#pragma omp atomic
    threads[t]++;
#pragma omp for nowait
    for (int i = 0; i < N; i++)
      count[t][0][i]++;
#pragma omp for schedule(dynamic, 3) nowait
    for (int i = 0; i < N; i++)
      count[t][1][i]++;
#pragma omp for schedule(guided, 2)
    for (int i = 0; i < N; i++)
      count[t][2][i]++;
#pragma omp for ordered schedule(static, 4)
    for (int i = 0; i < N; i++) {
      count[t][3][i]++;
#pragma omp ordered
      if (order[t]++ != i) {
#pragma omp atomic
        disorder++;
      }
    }
    int mine = 0;
#pragma omp single copyprivate(mine)
    {
      singles[t]++;
      mine = 7 + t;
    }
#pragma omp atomic
    copied[t] += mine;
  }
  EXPECT_EQ(disorder, 0);
  for (int t = 0; t < TEAMS; t++) {
    for (int l = 0; l < LOOPS; l++)
      for (int i = 0; i < N; i++)
        EXPECT_EQ(count[t][l][i], 1);
    EXPECT(threads[t] > 1);
    EXPECT_EQ(singles[t], 1);
    EXPECT_EQ(copied[t], threads[t] * (7 + t));
  }
  return expect_failures;
}
