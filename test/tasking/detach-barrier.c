// A barrier completes detached tasks: it ends after their events have been
// fulfilled and what depended on them has run (OpenMP 5.2, 12.5.2 and 15.3).
//
// OpenMP 5.2: 12.5.2 detach; 18.11.1 omp_fulfill_event
//
// The last thread fulfills the events of the tasks that the first has made.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 8 };

int main(void) {
  int early = 0, followed = 0;
#pragma omp target map(tofrom : early, followed)
  {
    omp_event_handle_t event[TASKS];
    int made = 0, fulfilled = 0, x[TASKS];
#pragma omp parallel shared(event, made, fulfilled, x, early, followed)
    {
      if (omp_get_thread_num() == 0) {
        for (int i = 0; i < TASKS; i++) {
          omp_event_handle_t mine;
#pragma omp task detach(mine) depend(out : x[i]) shared(x)
          x[i] = i;
          event[i] = mine;
#pragma omp task depend(in : x[i]) shared(x, fulfilled, followed, early)
          {
            int now;
#pragma omp atomic read
            now = fulfilled;
            if (now <= i || x[i] != i) {
#pragma omp atomic
              early++;
            }
#pragma omp atomic
            followed++;
          }
        }
#pragma omp atomic write release
        made = 1;
      }
      if (omp_get_thread_num() == omp_get_num_threads() - 1) {
        int ready = 0;
        while (!ready) {
#pragma omp atomic read acquire
          ready = made;
        }
        for (int i = 0; i < TASKS; i++) {
#pragma omp atomic
          fulfilled++;
          omp_fulfill_event(event[i]);
        }
      }
#pragma omp barrier
      if (fulfilled != TASKS || followed != TASKS) {
#pragma omp atomic
        early++;
      }
    }
  }
  EXPECT_EQ(early, 0);
  EXPECT_EQ(followed, TASKS);
  return expect_failures;
}
