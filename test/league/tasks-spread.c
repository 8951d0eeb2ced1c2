// Several warps of a team run the tasks of its initial thread at the same time
// (OpenMP 5.2, 12.9).
//
// OpenMP 5.2: 12.5 task
//
// Two tasks wait for each other; neither may run within the other.
//
// REQUIRES: emulator || gpu
// (on the host a team may have one thread)
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TEAMS = 2, ROUNDS = 10 };

int main(void) {
  int met[TEAMS] = {0};
#pragma omp target teams distribute num_teams(TEAMS) thread_limit(128)         \
    map(tofrom : met)
  for (int t = 0; t < TEAMS; t++) {
    for (int round = 0; round < ROUNDS; round++) {
      int running = 0;
      for (int i = 0; i < 2; i++) {
#pragma omp task shared(running)
        {
          int seen;
#pragma omp atomic
          running++;
          do {
#pragma omp taskyield
#pragma omp atomic read
            seen = running;
          } while (seen < 2);
        }
      }
#pragma omp taskwait
      met[t] += running == 2;
    }
  }
  for (int t = 0; t < TEAMS; t++)
    EXPECT_EQ(met[t], ROUNDS);
  return expect_failures;
}
