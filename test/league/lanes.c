// In a league a thread is a lane already: heddle_lanes calls its function on that
// one (<heddle.h>).
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { THREADS = 8 };

#pragma omp begin declare target
static void count(void *p) {
  int *calls = p;
#pragma omp atomic
  calls[0]++;
  calls[1] = heddle_lane_count();
}
#pragma omp end declare target

int main(void) {
  int calls[THREADS][2] = {{0}}, initial[2] = {0};
#pragma omp target teams num_teams(1) thread_limit(THREADS)                    \
    map(tofrom : calls, initial)
  {
    heddle_lanes(count, initial);
#pragma omp parallel num_threads(THREADS)
    heddle_lanes(count, calls[omp_get_thread_num()]);
  }
  EXPECT_EQ(initial[0], 1);
  EXPECT_EQ(initial[1], 1);
  for (int i = 0; i < THREADS; i++) {
    EXPECT_EQ(calls[i][0], 1);
    EXPECT_EQ(calls[i][1], 1);
  }
  return 0;
}
