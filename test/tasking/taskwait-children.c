// A taskwait waits for the children of the current task, not for its
// grandchildren (OpenMP 5.2, 15.5).
//
// OpenMP 5.2: 15.5 taskwait
//
// The grandchild ends only after the parent has passed its taskwait: a taskwait
// that also waited for it would never return.  It must not insist on that when
// it runs on top of the waiting parent or of an unfinished child.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int seen = -1, children = 0;
#pragma omp target map(from : seen) map(tofrom : children)
  {
    int passed = 0, busy_child = -1;
#pragma omp parallel
#pragma omp single
    {
      int parent = omp_get_thread_num();
      for (int i = 0; i < 4; i++) {
#pragma omp task shared(passed, busy_child, children) firstprivate(parent)
        {
          if (i == 0) {
#pragma omp atomic write
            busy_child = omp_get_thread_num();
#pragma omp task shared(passed, busy_child) firstprivate(parent)
            {
              int me = omp_get_thread_num(), below, open = 0;
#pragma omp atomic read
              below = busy_child;
              while (!open && me != parent && me != below) {
#pragma omp atomic read acquire
                open = passed;
#pragma omp taskyield
              }
            }
#pragma omp atomic write
            busy_child = -1;
          }
#pragma omp atomic
          children++;
        }
      }
#pragma omp taskwait
#pragma omp atomic read
      seen = children;
#pragma omp atomic write release
      passed = 1;
    }
  }
  EXPECT_EQ(seen, 4);
  return expect_failures;
}
