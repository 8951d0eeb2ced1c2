// omp_set_num_threads sets the size of later parallel regions of the same task
// only (OpenMP 5.2, 18.2.1).
//
// OpenMP 5.2: 18.2.1 omp_set_num_threads
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int before = 0, maximum = 0, size = 0, count = 0, clause = 0;
#pragma omp target map(from : before, maximum, size, clause) map(tofrom : count)
  {
    before = omp_get_max_threads();
    omp_set_num_threads(3);
    maximum = omp_get_max_threads();
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
#pragma omp atomic
      count++;
    }
#pragma omp parallel num_threads(1)
    clause = omp_get_num_threads();
  }
  EXPECT(before > 0);
  EXPECT_EQ(maximum, 3);
  EXPECT(size >= 1 && size <= 3);
  EXPECT_EQ(count, size);
  EXPECT_EQ(clause, 1);

  int later = 0;
#pragma omp target map(from : later)
  later = omp_get_max_threads();
  EXPECT_EQ(later, before);
  return expect_failures;
}
