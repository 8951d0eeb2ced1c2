// A team's parallel region has as many threads as asked for, up to all of the
// team's; each number comes once (OpenMP 5.2, 10.1).
//
// OpenMP 5.2: 10.1 parallel; 10.2 teams
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 3, CASES = 8, MOST = 128 };

int main(void) {
  static const int asked[CASES] = {1, 2, 31, 32, 33, 64, 128, 1000};
  int seen[TEAMS][CASES][MOST] = {{{0}}}, size[TEAMS][CASES] = {{0}}, wrong = 0;
  int limit = 0;
#pragma omp target teams num_teams(TEAMS) map(tofrom : seen, size, wrong)      \
    map(to : asked) map(from : limit)
  {
    int team = omp_get_team_num();
    if (team == 0)
      limit = omp_get_thread_limit();
    for (int c = 0; c < CASES; c++) {
      int together = 0;
#pragma omp parallel num_threads(asked[c])
      {
        int me = omp_get_thread_num();
#pragma omp atomic
        together++;
#pragma omp barrier
        if (together != omp_get_num_threads() || omp_get_level() != 1 ||
            omp_get_team_num() != team || me >= MOST ||
            omp_in_parallel() != (omp_get_num_threads() > 1)) {
#pragma omp atomic
          wrong++;
        } else {
#pragma omp atomic
          seen[team][c][me]++;
        }
#pragma omp barrier
        if (me == 0)
          size[team][c] = together;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT(limit >= 1 && limit <= MOST);
  for (int t = 0; t < TEAMS; t++)
    for (int c = 0; c < CASES; c++) {
      EXPECT_EQ(size[t][c], asked[c] < limit ? asked[c] : limit);
      for (int i = 0; i < MOST; i++)
        EXPECT_EQ(seen[t][c][i], i < size[t][c]);
    }
  return expect_failures;
}
