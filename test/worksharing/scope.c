// A scope region is run by all threads of the team, which wait for each other
// at its end unless it has nowait (OpenMP 5.2, 11.2).
//
// OpenMP 5.2: 11.2 scope
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 5 };

int main(void) {
  int entered = 0, early = 0, threads = 0, sum = 0, wrong = 0, flag = 0;
#pragma omp target map(tofrom : entered, early, threads, sum, wrong, flag)
#pragma omp parallel
  {
    int mine = omp_get_thread_num(), team = omp_get_num_threads();
    if (mine == 0)
      threads = team;
    for (int round = 1; round <= ROUNDS; round++) {
      int seen;
#pragma omp scope private(mine)
      {
        mine = -1; // another variable
#pragma omp atomic
        entered++;
      }
#pragma omp atomic read
      seen = entered;
#pragma omp scope reduction(+ : sum) nowait
      sum += mine;
#pragma omp barrier
      int bad = mine != omp_get_thread_num() ||
                sum != round * (team * (team - 1) / 2);
      if (seen < round * team) {
#pragma omp atomic
        early++;
      }
#pragma omp atomic
      wrong += bad;
#pragma omp barrier
    }
    // Thread 0 waits in the region for one that has left it.
#pragma omp scope nowait
    if (mine == 0)
      for (int on = team == 1; !on;) {
#pragma omp atomic read
        on = flag;
      }
    if (mine == 1) {
#pragma omp atomic write
      flag = 1;
    }
  }
  EXPECT(threads > 1);
  EXPECT_EQ(entered, ROUNDS * threads);
  EXPECT_EQ(early, 0);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
