// Critical regions of one name exclude each other wherever they are, also nested
// in one of another name (OpenMP 5.2, 15.2).
//
// OpenMP 5.2: 15.2 critical
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 5 };

int main(void) {
  int outer_count = 0, inner_count = 0, steps = 0, size = 0;
#pragma omp target map(tofrom : outer_count, inner_count, steps, size)
  {
#pragma omp parallel shared(outer_count, inner_count, steps, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
        if (omp_get_thread_num() % 2) {
#pragma omp critical(outer)
          {
            int before = outer_count;
#pragma omp critical(inner)
            {
              int inner_before = inner_count;
#pragma omp atomic
              steps++; // others run here if they can
              inner_count = inner_before + 1;
            }
            outer_count = before + 1;
          }
        } else {
#pragma omp critical(inner)
          {
            int inner_before = inner_count;
#pragma omp atomic
            steps++; // and here
            inner_count = inner_before + 1;
          }
        }
      }
    }
  }
  EXPECT_EQ(outer_count, EACH * (size / 2));
  EXPECT_EQ(inner_count, EACH * size);
  return expect_failures;
}
