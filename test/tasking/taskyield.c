// A taskyield is a scheduling point and changes nothing else: a chain of tasks
// in which each waits by taskyield for the one before it ends (OpenMP 5.2,
// 12.7).
//
// OpenMP 5.2: 12.7 taskyield
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int turn = 0, tasks = 0;
#pragma omp target map(tofrom : turn, tasks)
  {
#pragma omp parallel
#pragma omp single
    {
      // One thread each, so that nothing hangs on how deep a yield nests.
      tasks = omp_get_num_threads() - 1 < 8 ? omp_get_num_threads() - 1 : 8;
      for (int i = 0; i < tasks; i++) {
#pragma omp task shared(turn) firstprivate(i)
        {
          int now = -1;
          while (now != i) {
#pragma omp atomic read acquire
            now = turn;
#pragma omp taskyield
          }
#pragma omp atomic write release
          turn = i + 1;
        }
      }
    }
  }
  EXPECT_EQ(turn, tasks);
  return expect_failures;
}
