// More threads than the launch has warps: the team gets what is there, each
// number once, and every thread runs (OpenMP 5.2, 10.1.1; design 3.3).
//
// OpenMP 5.2: 10.1.2 num_threads
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { OVERSIZE = 100000 };

int main(void) {
  int maximum = 0, size = 0, count = 0;
  long numbers = 0;
#pragma omp target map(from : maximum, size) map(tofrom : count, numbers)
  {
    maximum = omp_get_max_threads();
#pragma omp parallel num_threads(OVERSIZE)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
#pragma omp atomic
      count++;
#pragma omp atomic
      numbers += omp_get_thread_num();
    }
  }
  EXPECT(size >= 1 && size <= maximum);
  EXPECT_EQ(count, size);
  EXPECT_EQ(numbers, (long)size * (size - 1) / 2);
  return expect_failures;
}
