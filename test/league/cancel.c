// Cancellation of parallel regions and loops in a league (OpenMP 5.2, 16).
//
// OpenMP 5.2: 16.1 cancel parallel; 16.1 cancel for
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 2, N = 5000 };

int main(void) {
  int found[TEAMS] = {0}, after[TEAMS] = {0}, ran = 0, again[TEAMS] = {0};
  int spmd = 0, passed = 0, threads[TEAMS] = {0};
#pragma omp target teams num_teams(TEAMS) map(tofrom : found, after, ran)      \
    map(tofrom : again, threads)
  {
    int t = omp_get_team_num();
    for (int size = 20; size <= 128; size += 54) {
      found[t] = 0;
#pragma omp parallel num_threads(size)
      {
#pragma omp for schedule(dynamic)
        for (int i = 0; i < N; i++) {
#pragma omp cancellation point for
#pragma omp atomic
          ran++;
          if (i == 40) {
#pragma omp atomic write
            found[t] = i;
#pragma omp cancel for
          }
        }
        int seen;
#pragma omp atomic read
        seen = found[t];
        if (seen == 40) {
#pragma omp atomic
          after[t]++;
        }
#pragma omp atomic
        threads[t]++;
#pragma omp barrier
        if (omp_get_thread_num() == 3) {
#pragma omp cancel parallel
        }
        for (;;) {
#pragma omp cancellation point parallel
        }
      }
#pragma omp parallel num_threads(size)
#pragma omp for
      for (int i = 0; i < N; i++) {
#pragma omp atomic
        again[t]++;
      }
    }
  }
#pragma omp target teams num_teams(TEAMS) thread_limit(40)                     \
    map(tofrom : spmd, passed)
#pragma omp parallel
  {
#pragma omp atomic
    spmd++;
    if (omp_get_thread_num() == 7) {
#pragma omp cancel parallel
    }
#pragma omp barrier
#pragma omp atomic
    passed++;
  }
  EXPECT(ran < 3 * TEAMS * N);
  for (int t = 0; t < TEAMS; t++) {
    EXPECT_EQ(after[t], threads[t]);
    EXPECT_EQ(again[t], 3 * N);
  }
  EXPECT_EQ(spmd, TEAMS * 40);
  EXPECT_EQ(passed, 0);
  return expect_failures;
}
