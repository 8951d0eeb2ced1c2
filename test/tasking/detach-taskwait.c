// A taskwait and a taskgroup wait for the events of detached tasks, which
// another thread fulfills long after the bodies have ended (OpenMP 5.2, 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 6 };

int main(void) {
  int waited = -1, grouped = -1;
#pragma omp target map(tofrom : waited, grouped)
  {
    int fulfilled = 0, bodies = 0;
#pragma omp parallel
#pragma omp single
    {
      for (int i = 0; i < TASKS; i++) {
        omp_event_handle_t event;
#pragma omp task detach(event) shared(bodies)
        {
#pragma omp atomic
          bodies++;
        }
#pragma omp task shared(fulfilled) firstprivate(event)
        {
#pragma omp atomic
          fulfilled++;
          omp_fulfill_event(event);
        }
      }
#pragma omp taskwait
      waited = fulfilled + bodies;
#pragma omp taskgroup
      for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(fulfilled, bodies)
        {
          omp_event_handle_t event;
#pragma omp task detach(event) shared(bodies)
          {
#pragma omp atomic
            bodies++;
          }
#pragma omp task shared(fulfilled) firstprivate(event)
          {
#pragma omp atomic
            fulfilled++;
            omp_fulfill_event(event);
          }
        }
      }
      grouped = fulfilled + bodies;
    }
  }
  EXPECT_EQ(waited, 2 * TASKS);
  EXPECT_EQ(grouped, 4 * TASKS);
  return expect_failures;
}
