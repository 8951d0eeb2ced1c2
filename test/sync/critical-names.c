// Critical regions of different names do not exclude each other, and one can be
// nested in the other (OpenMP 5.2, 15.2).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 5 };

int main(void) {
  int outer_count = 0, inner_count = 0, size = 0;
#pragma omp target map(tofrom : outer_count, inner_count, size)
  {
#pragma omp parallel shared(outer_count, inner_count, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
        if (omp_get_thread_num() % 2) {
#pragma omp critical(outer)
          {
            outer_count++;
#pragma omp critical(inner)
            inner_count++;
          }
        } else {
#pragma omp critical(inner)
          inner_count++;
        }
      }
    }
  }
  EXPECT_EQ(outer_count, EACH * (size / 2));
  EXPECT_EQ(inner_count, EACH * size);
  return expect_failures;
}
