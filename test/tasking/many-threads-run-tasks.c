// Tasks created by one thread are run by several threads of the team (OpenMP
// 5.2, 12.5).
//
// OpenMP 5.2: 12.5 task
//
// Two tasks wait for each other.  Neither may run within the other, so that a
// second thread has to come.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 5 };

int main(void) {
  int threads = 0, shared_work = 0, strangers = 0;
#pragma omp target map(tofrom : threads, shared_work, strangers)
  {
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int round = 0; round < ROUNDS && threads > 1; round++) {
        int here = 0, who[2] = {-1, -1};
        for (int i = 0; i < 2; i++) {
#pragma omp task shared(here, who) firstprivate(i)
          {
            who[i] = omp_get_thread_num();
            int arrived;
#pragma omp atomic
            here++;
            do {
#pragma omp taskyield
#pragma omp atomic read
              arrived = here;
            } while (arrived < 2);
          }
        }
#pragma omp taskwait
        for (int i = 0; i < 2; i++)
          strangers += who[i] < 0 || who[i] >= threads;
        shared_work += who[0] != who[1];
      }
    }
  }
  EXPECT_EQ(strangers, 0);
  EXPECT_EQ(shared_work, threads > 1 ? ROUNDS : 0);
  return expect_failures;
}
