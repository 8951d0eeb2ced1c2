// A reduction over more teams than its buffer has records (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"

enum { TEAMS = 2500, N = 10000 };

int main(void) {
  long spmd = 0, generic = 0, most = -1;
#pragma omp target teams distribute parallel for num_teams(TEAMS)              \
    thread_limit(32) reduction(+ : spmd)
  for (int i = 0; i < N; i++)
    spmd += i;
#pragma omp target teams num_teams(TEAMS) thread_limit(32)                     \
    reduction(+ : generic) reduction(max : most)
  {
    for (int i = 0; i < 3; i++)
      generic++;
#pragma omp distribute
    for (long i = 0; i < N; i++)
      most = i > most ? i : most;
  }
  EXPECT_EQ(spmd, (long)N * (N - 1) / 2);
  EXPECT_EQ(generic, 3 * TEAMS);
  EXPECT_EQ(most, N - 1);
  return expect_failures;
}
