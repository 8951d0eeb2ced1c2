// One thread at a time is in all critical regions of one name; every increment
// counts (OpenMP 5.2, 15.2).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 10 };

int main(void) {
  int counter = 0, inside = 0, crowded = 0, size = 0;
#pragma omp target map(tofrom : counter, inside, crowded, size)
  {
#pragma omp parallel shared(counter, inside, crowded, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
#pragma omp critical
        {
          crowded += inside != 0;
          inside = 1;
          counter++; // plain: the critical region orders it
          inside = 0;
        }
      }
    }
  }
  EXPECT_EQ(crowded, 0);
  EXPECT_EQ(counter, EACH * size);
  return expect_failures;
}
