// Two threads that are in tasks of one taskgroup at the same time have copies
// of their own of what it reduces, and both copies count (OpenMP 5.2, 5.5.10).
//
// OpenMP 5.2: 5.5.9 task_reduction
//
// The tasks wait for each other.  Neither may run within the other, so that a
// second thread has to come.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdint.h>

enum { ROUNDS = 5 };

int main(void) {
  int threads = 0, met = 0, same = 0, lost = 0;
#pragma omp target map(tofrom : threads, met, same, lost)
  {
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int round = 0; round < ROUNDS && threads > 1; round++) {
        int here = 0, sum = 7, who[2] = {-1, -1};
        uintptr_t where[2] = {0, 0};
#pragma omp taskgroup task_reduction(+ : sum)
        for (int i = 0; i < 2; i++) {
#pragma omp task shared(here, who, where) firstprivate(i) in_reduction(+ : sum)
          {
            who[i] = omp_get_thread_num();
            where[i] = (uintptr_t)&sum;
            int before = sum, arrived;
#pragma omp atomic
            here++;
            do {
#pragma omp taskyield
#pragma omp atomic read
              arrived = here;
            } while (arrived < 2);
            sum = before + 100 * (i + 1);
          }
        }
        lost += sum != 307;
        met += who[0] != who[1];
        same += where[0] == where[1];
        same += where[0] == (uintptr_t)&sum || where[1] == (uintptr_t)&sum;
      }
    }
  }
  EXPECT_EQ(met, threads > 1 ? ROUNDS : 0);
  EXPECT_EQ(same, 0);
  EXPECT_EQ(lost, 0);
  return expect_failures;
}
