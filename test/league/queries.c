// What a league says about itself (OpenMP 5.2, 18.4).
//
// OpenMP 5.2: 18.4.1 omp_get_num_teams; 18.4.2 omp_get_team_num
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 5, LIMIT = 64 };

int main(void) {
  int outside[8], inside[8];
#pragma omp target teams num_teams(TEAMS) thread_limit(LIMIT)                  \
    map(from : outside, inside)
  {
    int me = omp_get_team_num();
    if (me == TEAMS - 1) {
      outside[0] = omp_get_num_teams();
      outside[1] = omp_get_thread_limit();
      outside[2] = omp_get_max_threads();
      outside[3] = omp_get_thread_num();
      outside[4] = omp_get_num_threads();
      outside[5] = omp_in_parallel();
      outside[6] = omp_get_level();
      outside[7] = omp_get_active_level();
    }
#pragma omp parallel
    if (me == TEAMS - 1 && omp_get_thread_num() == LIMIT - 1) {
      inside[0] = omp_get_num_teams();
      inside[1] = omp_get_thread_limit();
      inside[2] = omp_get_team_num();
      inside[3] = omp_get_num_threads();
      inside[4] = omp_in_parallel();
      inside[5] = omp_get_level();
      inside[6] = omp_get_active_level();
      inside[7] = omp_get_team_size(1);
    }
  }
  static const int out[] = {TEAMS, LIMIT, LIMIT, 0, 1, 0, 0, 0};
  static const int in[] = {TEAMS, LIMIT, TEAMS - 1, LIMIT, 1, 1, 1, LIMIT};
  for (int i = 0; i < 8; i++) {
    EXPECT_EQ(outside[i], out[i]);
    EXPECT_EQ(inside[i], in[i]);
  }
  return expect_failures;
}
