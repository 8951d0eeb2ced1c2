// The children of a detached task, and those of tasks that depend on it, run
// once whenever its event comes, and its memory outlives them (OpenMP 5.2,
// 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 30, CHILDREN = 4 };

int main(void) {
  int children = 0, later = 0;
#pragma omp target map(tofrom : children, later)
  {
    int x = 0;
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < TASKS; i++) {
      omp_event_handle_t event;
#pragma omp task detach(event) depend(inout : x) shared(children)
      for (int k = 0; k < CHILDREN; k++) {
#pragma omp task shared(children)
        {
#pragma omp atomic
          children++;
        }
      }
#pragma omp task firstprivate(event)
      omp_fulfill_event(event);
#pragma omp task depend(mutexinoutset : x) shared(later)
      for (int k = 0; k < CHILDREN; k++) {
#pragma omp task shared(later)
        {
#pragma omp atomic
          later++;
        }
      }
    }
  }
  EXPECT_EQ(children, TASKS * CHILDREN);
  EXPECT_EQ(later, TASKS * CHILDREN);
  return expect_failures;
}
