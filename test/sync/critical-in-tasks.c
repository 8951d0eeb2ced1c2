// Critical regions exclude tasks from each other as they do threads
// (OpenMP 5.2, 15.2).
//
// OpenMP 5.2: 15.2 critical
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 150 };

int main(void) {
  int counter = 0, steps = 0;
#pragma omp target map(tofrom : counter, steps)
  {
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(counter, steps)
      {
#pragma omp critical
        {
          int before = counter;
#pragma omp atomic
          steps++; // others run here if they can
          counter = before + 1;
        }
      }
    }
  }
  EXPECT_EQ(counter, TASKS);
  return expect_failures;
}
