// Loops with dependences between iterations in a league (OpenMP 5.2, 15.9.6).
//
// OpenMP 5.2: 15.9.6 doacross
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 2, N = 60 };

int main(void) {
  static long a[TEAMS][N];
#pragma omp target teams num_teams(TEAMS) map(tofrom : a)
  {
    int t = omp_get_team_num();
    a[t][0] = t + 1;
#pragma omp parallel num_threads(37)
#pragma omp for ordered(1) schedule(static, 1)
    for (int i = 1; i < N; i++) {
#pragma omp ordered depend(sink : i - 1)
      a[t][i] = a[t][i - 1] + i;
#pragma omp ordered depend(source)
    }
  }
  for (int t = 0; t < TEAMS; t++)
    EXPECT_EQ(a[t][N - 1], t + 1 + N * (N - 1) / 2);
  return expect_failures;
}
