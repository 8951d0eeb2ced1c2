// OMP_NUM_TEAMS and OMP_TEAMS_THREAD_LIMIT say how large a league is for which
// the program does not (OpenMP 5.2, 21.6); clauses come first.
//
// OpenMP 5.2: 21.6 OMP_NUM_TEAMS, OMP_TEAMS_THREAD_LIMIT
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run OMP_NUM_TEAMS=6 OMP_TEAMS_THREAD_LIMIT=48 %exe | FileCheck %s

#include <omp.h>
#include <stdio.h>

int main(void) {
  int teams = 0, threads = 0, own = 0;
#pragma omp target teams map(tofrom : teams, threads)
  {
#pragma omp parallel
    if (omp_get_team_num() == 0 && omp_get_thread_num() == 0) {
      teams = omp_get_num_teams();
      threads = omp_get_num_threads();
    }
  }
#pragma omp target teams distribute parallel for num_teams(9) map(from : own)
  for (int i = 0; i < 1000; i++)
    if (i == 0)
      own = omp_get_num_teams();
  // CHECK: 6 teams of 48 threads; 9 teams
  printf("%d teams of %d threads; %d teams\n", teams, threads, own);
  return 0;
}
