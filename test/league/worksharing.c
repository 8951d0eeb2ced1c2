// Worksharing constructs in the parallel regions of a league: loops with every
// schedule, sections, single, masked and ordered (OpenMP 5.2, 11, 15.10).
//
// OpenMP 5.2: 11.1 single; 11.3 sections; 11.5 for; 15.10.2 ordered
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 3, N = 150, LOOPS = 6 };

int main(void) {
  static int count[TEAMS][LOOPS][N];
  int sections[TEAMS][3] = {{0}}, singles[TEAMS] = {0}, copied[TEAMS] = {0};
  int threads[TEAMS] = {0}, masked[TEAMS] = {0}, disorder = 0, order[TEAMS];
#pragma omp target teams num_teams(TEAMS) map(tofrom : count, sections)        \
    map(tofrom : singles, copied, threads, masked, disorder) map(from : order)
  {
    int t = omp_get_team_num();
    order[t] = 0;
#pragma omp parallel num_threads(t == 1 ? 45 : 128)
    {
#pragma omp atomic
      threads[t]++;
#pragma omp for nowait
      for (int i = 0; i < N; i++)
        count[t][0][i]++;
#pragma omp for schedule(dynamic, 3) nowait
      for (int i = 0; i < N; i++)
        count[t][1][i]++;
#pragma omp for schedule(guided) nowait
      for (int i = 0; i < N; i++)
        count[t][2][i]++;
#pragma omp for schedule(static, 7)
      for (int i = 0; i < N; i++)
        count[t][3][i]++;
#pragma omp for schedule(auto)
      for (int i = 0; i < N; i++)
        count[t][4][i]++;
#pragma omp for ordered schedule(dynamic)
      for (int i = 0; i < N; i++) {
        count[t][5][i]++;
#pragma omp ordered
        if (order[t]++ != i) {
#pragma omp atomic
          disorder++;
        }
      }
#pragma omp sections
      {
#pragma omp section
        sections[t][0]++;
#pragma omp section
        sections[t][1]++;
#pragma omp section
        sections[t][2]++;
      }
      int mine = 0;
#pragma omp single copyprivate(mine)
      {
        singles[t]++;
        mine = 7 + t;
      }
#pragma omp atomic
      copied[t] += mine;
#pragma omp masked filter(1)
      masked[t] += omp_get_thread_num();
    }
  }
  EXPECT_EQ(disorder, 0);
  for (int t = 0; t < TEAMS; t++) {
    for (int l = 0; l < LOOPS; l++)
      for (int i = 0; i < N; i++)
        EXPECT_EQ(count[t][l][i], 1);
    for (int s = 0; s < 3; s++)
      EXPECT_EQ(sections[t][s], 1);
    EXPECT(threads[t] > 1);
    EXPECT_EQ(singles[t], 1);
    EXPECT_EQ(copied[t], threads[t] * (7 + t));
    EXPECT_EQ(masked[t], 1);
  }
  return expect_failures;
}
