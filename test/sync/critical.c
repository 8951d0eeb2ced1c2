// One thread at a time is in all critical regions of one name; every increment
// counts (OpenMP 5.2, 15.2).
//
// OpenMP 5.2: 15.2 critical
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 10 };

int main(void) {
  int counter = 0, steps = 0, size = 0;
#pragma omp target map(tofrom : counter, steps, size)
  {
#pragma omp parallel shared(counter, steps, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
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
  EXPECT_EQ(counter, EACH * size);
  return expect_failures;
}
