// A depend object stands for the dependence it was made with, also after an
// update of its kind (OpenMP 5.2, 15.9.4).
//
// OpenMP 5.2: 3.5 destroy; 15.9.4 depobj; 15.9.5 depend(depobj)
//
// RUN: %cc -fopenmp-version=51 %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 15 };

int main(void) {
  int x = 0, readers = 0, wrong = 0;
#pragma omp target map(tofrom : x, readers, wrong)
  {
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < ROUNDS; i++) {
      omp_depend_t object;
#pragma omp depobj(object) depend(inout : x)
#pragma omp task depend(depobj : object) shared(x, readers, wrong)
      {
        if (x != i || readers != 2 * i) {
#pragma omp atomic
          wrong++;
        }
        x++;
      }
#pragma omp depobj(object) update(in)
      for (int k = 0; k < 2; k++) {
#pragma omp task depend(depobj : object) shared(x, readers, wrong)
        {
          if (x != i + 1) {
#pragma omp atomic
            wrong++;
          }
#pragma omp atomic
          readers++;
        }
      }
#pragma omp depobj(object) destroy
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(x, ROUNDS);
  return expect_failures;
}
