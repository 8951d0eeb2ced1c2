// The end of a taskgroup does not wait for a task created before the taskgroup
// began (OpenMP 5.2, 15.4).
//
// OpenMP 5.2: 15.4 taskgroup
//
// The older task ends only after the taskgroup: waiting for it would never end.
// It must not insist on that when it runs on top of the waiting thread.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int inside = -1, older = 0;
#pragma omp target map(from : inside) map(tofrom : older)
  {
    int passed = 0, count = 0;
#pragma omp parallel
#pragma omp single
    {
      int waiting = omp_get_thread_num();
#pragma omp task shared(passed, older) firstprivate(waiting)
      {
        int open = omp_get_thread_num() == waiting;
        while (!open) {
#pragma omp atomic read acquire
          open = passed;
#pragma omp taskyield
        }
        older = 1;
      }
#pragma omp taskgroup
      {
        for (int i = 0; i < 8; i++) {
#pragma omp task shared(count)
          {
#pragma omp atomic
            count++;
          }
        }
      }
#pragma omp atomic read
      inside = count;
#pragma omp atomic write release
      passed = 1;
    }
  }
  EXPECT_EQ(inside, 8);
  EXPECT_EQ(older, 1);
  return expect_failures;
}
