// A private variable of a task belongs to that task alone, also while the task
// waits for its children (OpenMP 5.2, 5.4.3).
//
// OpenMP 5.2: 5.4.3 private
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TASKS = 24 };

int main(void) {
  int good = 0;
#pragma omp target map(tofrom : good)
  {
#pragma omp parallel
#pragma omp single
    {
      int mine = -5;
      for (int i = 0; i < TASKS; i++) {
#pragma omp task private(mine) shared(good)
        {
          mine = i;
          for (int j = 0; j < 3; j++) {
#pragma omp task shared(mine)
            {
#pragma omp atomic
              mine += 100;
            }
          }
#pragma omp taskwait
          if (mine == i + 300) {
#pragma omp atomic
            good++;
          }
        }
      }
#pragma omp taskwait
      if (mine != -5)
        good = -1;
    }
  }
  EXPECT_EQ(good, TASKS);
  return expect_failures;
}
