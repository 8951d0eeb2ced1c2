// A parallel region without num_threads gets omp_get_max_threads() threads once
// all warps of the launch are there (OpenMP 5.2, 10.1.1; design 3.3).
//
// OpenMP 5.2: 18.2.3 omp_get_max_threads
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TRIES = 2000 };

int main(void) {
  int maximum = 0, largest = 0;
#pragma omp target map(from : maximum) map(tofrom : largest)
  {
    maximum = omp_get_max_threads();
    for (int i = 0; i < TRIES && largest < maximum; i++) {
#pragma omp parallel
#pragma omp masked
      largest = omp_get_num_threads();
    }
  }
  EXPECT(maximum > 1);
  EXPECT_EQ(largest, maximum);
  return expect_failures;
}
