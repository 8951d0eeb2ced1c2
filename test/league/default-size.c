// A league for which nobody says how large it is has more than one team and
// more than one thread in each (OpenMP 5.2, 10.2).
//
// OpenMP 5.2: 10.2 teams
//
// REQUIRES: emulator || gpu
// On a large GPU that is 270 000 threads, each with a stack of shared variables
// at -O0: more than the suite's small heap.
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_HEAP_SIZE=4G %run %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int teams[3] = {0}, threads[3] = {0};
#pragma omp target teams map(tofrom : teams, threads)
  {
#pragma omp parallel
    if (omp_get_team_num() == 0 && omp_get_thread_num() == 0) {
      teams[0] = omp_get_num_teams();
      threads[0] = omp_get_num_threads();
    }
  }
#pragma omp target teams distribute parallel for map(tofrom : teams, threads)
  for (int i = 0; i < 100000; i++)
    if (i == 0) {
      teams[1] = omp_get_num_teams();
      threads[1] = omp_get_num_threads();
    }
#pragma omp target teams loop map(tofrom : teams, threads)
  for (int i = 0; i < 100000; i++)
    if (i == 99999) {
      teams[2] = 2;
      threads[2] = 2;
    }
  for (int i = 0; i < 3; i++) {
    EXPECT(teams[i] > 1);
    EXPECT(threads[i] > 1);
  }
  return expect_failures;
}
