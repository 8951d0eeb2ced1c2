// A thread of a small team that is slow holds up the task that it runs and no other:
// the parent runs the rest when it comes to its taskwait (OpenMP 5.2, 12.9 lets it,
// since they are its children).
//
// OpenMP 5.2: 12.9 task scheduling
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 100, SMALL = 4 };

int main(void) {
  int done = 0;
#pragma omp target map(tofrom : done)
#pragma omp parallel num_threads(SMALL)
  {
    int slow = 0; // tasks that wait
#pragma omp masked
    {
      for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(done, slow)
        {
          if (omp_get_thread_num() != 0) {
#pragma omp atomic
            slow++;
            int seen, waiting;
            do { // until all are over but those that wait like this one
#pragma omp atomic read
              seen = done;
#pragma omp atomic read
              waiting = slow;
            } while (seen + waiting < TASKS);
          }
#pragma omp atomic
          done++;
        }
      }
#pragma omp taskwait
    }
  }
  EXPECT_EQ(done, TASKS);
  return expect_failures;
}
