// There may be more teams than fit on the device at once; they take turns
// (OpenMP 5.2, 10.2).
//
// OpenMP 5.2: 10.2 teams
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"

int main(void) {
  int generic = 0, spmd = 0;
#pragma omp target teams num_teams(1000) thread_limit(32) map(tofrom : generic)
  {
#pragma omp parallel
#pragma omp masked
    {
#pragma omp atomic
      generic++;
    }
  }
#pragma omp target teams num_teams(1000) thread_limit(32) map(tofrom : spmd)
#pragma omp parallel
#pragma omp single
  {
#pragma omp atomic
    spmd++;
  }
  EXPECT_EQ(generic, 1000);
  EXPECT_EQ(spmd, 1000);
  return expect_failures;
}
