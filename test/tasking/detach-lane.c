// A lane of a nested region, which is no member of the team whose tasks these are,
// fulfills the event that a task waits for, after any number of barriers; the next
// barrier completes what that released (OpenMP 5.2, 12.5.2 and 15.3.1).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 6 };

int main(void) {
  int order[ROUNDS] = {0}, late = 0;
#pragma omp target map(tofrom : order, late)
  {
    omp_set_max_active_levels(2);
    int place = 0;
#pragma omp parallel num_threads(6) shared(place)
    for (int round = 0; round < ROUNDS; round++) {
#pragma omp masked
      {
        omp_event_handle_t event;
#pragma omp task depend(out : place) detach(event)
        {
        }
        for (int i = 0; i < 3; i++) {
#pragma omp task depend(in : place) firstprivate(round)
          {
#pragma omp atomic
            order[round]++;
          }
        }
#pragma omp parallel num_threads(2) shared(event)
        if (omp_get_thread_num() == omp_get_num_threads() - 1)
          omp_fulfill_event(event);
      }
#pragma omp barrier
      int seen;
#pragma omp atomic read
      seen = order[round];
      if (seen != 3) {
#pragma omp atomic
        late++;
      }
#pragma omp barrier
      if (round % 2) {
#pragma omp barrier
      }
    }
  }
  for (int round = 0; round < ROUNDS; round++)
    EXPECT_EQ(order[round], 3);
  EXPECT_EQ(late, 0);
  return expect_failures;
}
