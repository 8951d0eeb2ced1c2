// In a league a thread is a lane already: heddle_lanes calls its function on that
// one (<heddle.h>).
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { TEAMS = 2, THREADS = 8 };

#pragma omp begin declare target
static void count(void *p) {
  int *calls = p;
#pragma omp atomic
  calls[0]++;
  calls[1] = heddle_lane_count();
}
#pragma omp end declare target

int main(void) {
  int calls[TEAMS][THREADS][2] = {{{0}}}, initial[TEAMS][2] = {{0}};
#pragma omp target teams num_teams(TEAMS) thread_limit(THREADS)                \
    map(tofrom : calls, initial)
  {
    int team = omp_get_team_num();
    heddle_lanes(count, initial[team]);
#pragma omp parallel num_threads(THREADS)
    heddle_lanes(count, calls[team][omp_get_thread_num()]);
  }
  for (int team = 0; team < TEAMS; team++) {
    EXPECT_EQ(initial[team][0], 1);
    EXPECT_EQ(initial[team][1], 1);
    for (int i = 0; i < THREADS; i++) {
      EXPECT_EQ(calls[team][i][0], 1);
      EXPECT_EQ(calls[team][i][1], 1);
    }
  }
  return expect_failures;
}
