// An untied task with scheduling points inside runs every part of its body
// once and in order (OpenMP 5.2, 12.1).
//
// OpenMP 5.2: 12.1 untied
//
// Clang splits such a body into parts and re-enqueues the task at each point.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TASKS = 40 };

int main(void) {
  int step[TASKS] = {0}, children = 0, wrong = 0;
#pragma omp target map(tofrom : step, children, wrong)
  {
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < TASKS; i++) {
#pragma omp task untied shared(step, children, wrong) firstprivate(i)
      {
        int mine = i;
        if (step[mine] != 0) {
#pragma omp atomic
          wrong++;
        }
        step[mine] = 1;
#pragma omp task shared(children)
        {
#pragma omp atomic
          children++;
        }
#pragma omp taskyield
        if (step[mine] != 1 || mine != i) {
#pragma omp atomic
          wrong++;
        }
        step[mine] = 2;
#pragma omp taskwait
        if (step[mine] != 2 || mine != i) {
#pragma omp atomic
          wrong++;
        }
        step[mine] = 3;
      }
    }
  }
  int done = 0;
  for (int i = 0; i < TASKS; i++)
    done += step[i] == 3;
  EXPECT_EQ(done, TASKS);
  EXPECT_EQ(children, TASKS);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
