// Several warps of a team run the tasks of its initial thread at the same time
// (OpenMP 5.2, 12.9).
//
// OpenMP 5.2: 12.5 task
//
//
//
// REQUIRES: emulator || gpu
// (on the host a team may have one thread)
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TEAMS = 2, TASKS = 20, PATIENCE = 3000 };

int main(void) {
  int done[TEAMS] = {0}, together[TEAMS] = {0};
#pragma omp target teams distribute num_teams(TEAMS) thread_limit(128)         \
    map(tofrom : done, together)
  for (int t = 0; t < TEAMS; t++) {
    int running = 0;
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(running)
      {
        int seen;
#pragma omp atomic
        running++;
        for (int k = 0; k < PATIENCE; k++) {
#pragma omp atomic read
          seen = running;
          if (seen > 1)
            break;
        }
        if (seen > 1) {
#pragma omp atomic
          together[t]++;
        }
#pragma omp atomic
        running--;
#pragma omp atomic
        done[t]++;
      }
    }
#pragma omp taskwait
  }
  for (int t = 0; t < TEAMS; t++) {
    EXPECT_EQ(done[t], TASKS);
    EXPECT(together[t] > 1);
  }
  return expect_failures;
}
