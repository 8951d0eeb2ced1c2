// A variable that teams reduce is shared by the threads of each team, which may
// update it by other means than a reduction of their own (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 3 };

int main(void) {
  int atomic = 0, critical = 0, threads = 0;
#pragma omp target teams num_teams(TEAMS) thread_limit(40)                     \
    reduction(+ : atomic, critical) map(tofrom : threads)
#pragma omp parallel
  {
#pragma omp atomic
    atomic++;
#pragma omp critical
    critical += 2;
#pragma omp atomic
    threads++;
  }
  EXPECT(threads >= TEAMS);
  EXPECT_EQ(atomic, threads);
  EXPECT_EQ(critical, 2 * threads);
  return expect_failures;
}
