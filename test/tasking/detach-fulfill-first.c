// An event may be fulfilled before the body of its task ends: by the body, or
// by the creator before the task begins (OpenMP 5.2, 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach; 18.11.1 omp_fulfill_event
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 20 };

int main(void) {
  int sum = 0, seen = -1;
#pragma omp target map(tofrom : sum, seen)
#pragma omp parallel
#pragma omp single
  {
    for (int i = 0; i < TASKS; i++) {
      omp_event_handle_t own, early;
#pragma omp task detach(own) shared(sum)
      {
        omp_fulfill_event(own);
#pragma omp atomic
        sum++;
      }
#pragma omp task detach(early) shared(sum)
      {
#pragma omp atomic
        sum++;
      }
      omp_fulfill_event(early);
    }
#pragma omp taskwait
    seen = sum;
  }
  EXPECT_EQ(seen, 2 * TASKS);
  return expect_failures;
}
