// A detached task of the initial thread: its event may be fulfilled inside a
// later parallel region, and the target region waits for it; in a team of one
// the barrier at its end waits too (OpenMP 5.2, 12.1 and 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe
//
// Of 64 threads at the barrier some always looked whether the released task of
// the initial team was theirs, so that the barrier never ended.
// RUN: %run HEDDLE_EMU_SMS=16 %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int order = 0, first = 0, second = 0, alone = 0, after = -1;
#pragma omp target map(tofrom : order, first, second, alone, after)
  {
    int x = 0;
    omp_event_handle_t event;
#pragma omp task detach(event) depend(out : x) shared(order, first)
    first = ++order;
#pragma omp task depend(in : x) shared(order, second)
    second = ++order;
#pragma omp parallel shared(event, alone, after)
    {
#pragma omp single
      {
        omp_fulfill_event(event);
        omp_event_handle_t inner;
        omp_event_handle_t *handle = &inner;
#pragma omp task shared(alone, after, handle)
        {
#pragma omp parallel num_threads(1) shared(handle, alone)
          {
            omp_event_handle_t mine;
#pragma omp task detach(mine) shared(alone)
            alone = 1;
            *handle = mine;
#pragma omp task
            omp_fulfill_event(*handle);
          }
          after = alone;
        }
#pragma omp taskwait
      }
    }
  }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 2);
  EXPECT_EQ(after, 1);
  return expect_failures;
}
