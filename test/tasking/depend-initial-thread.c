// Dependences hold among tasks of the initial thread, outside any parallel
// region, and in a team of one (OpenMP 5.2, 12.1 and 15.9.5).
//
// OpenMP 5.2: 12.8 tasks of the initial thread
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { LINKS = 100 };

int main(void) {
  int initial = 0, alone = 0, wrong = 0;
#pragma omp target map(tofrom : initial, alone, wrong)
  {
    for (int i = 0; i < LINKS; i++) {
#pragma omp task depend(inout : initial) shared(initial, wrong)
      {
        if (initial != i) {
#pragma omp atomic
          wrong++;
        }
        initial++;
      }
    }
#pragma omp parallel num_threads(1)
    for (int i = 0; i < LINKS; i++) {
#pragma omp task depend(inout : alone) shared(alone, wrong)
      {
        if (alone != i) {
#pragma omp atomic
          wrong++;
        }
        alone++;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(initial, LINKS);
  EXPECT_EQ(alone, LINKS);
  return expect_failures;
}
