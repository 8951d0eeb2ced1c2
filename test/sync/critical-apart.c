// Critical regions of different names do not exclude each other: two threads meet
// although each is in one (OpenMP 5.2, 15.2).
//
// OpenMP 5.2: 15.2 critical
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int met = 0, size = 0;
#pragma omp target map(tofrom : met, size)
  {
    int inside = 0;
#pragma omp parallel num_threads(2) shared(inside, met, size)
    {
      int n = omp_get_num_threads(), seen = 0;
      if (omp_get_thread_num() == 0) {
        size = n;
#pragma omp critical(left)
        {
#pragma omp atomic
          inside++;
          while (seen < n) {
#pragma omp atomic read
            seen = inside;
          }
#pragma omp atomic
          met++;
        }
      } else {
#pragma omp critical(right)
        {
#pragma omp atomic
          inside++;
          while (seen < n) {
#pragma omp atomic read
            seen = inside;
          }
#pragma omp atomic
          met++;
        }
      }
    }
  }
  EXPECT_EQ(met, size);
  return expect_failures;
}
