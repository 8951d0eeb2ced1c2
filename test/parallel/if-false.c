// A parallel region with a false if clause has one thread, number 0, and is
// inactive; with a true one it is active if it has more
// (OpenMP 5.2, 3.4, 10.1).
//
// OpenMP 5.2: 3.4 if
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int off[5] = {-1}, on[3] = {-1};
#pragma omp target map(from : off, on)
  {
#pragma omp parallel if (omp_get_level() > 0)
    {
      off[0] = omp_get_num_threads();
      off[1] = omp_get_thread_num();
      off[2] = omp_in_parallel();
      off[3] = omp_get_level();
      off[4] = omp_get_active_level();
    }
#pragma omp parallel if (omp_get_level() == 0)
    if (omp_get_thread_num() == 0) {
      on[0] = omp_get_num_threads();
      on[1] = omp_in_parallel();
      on[2] = omp_get_level();
    }
  }
  EXPECT_EQ(off[0], 1);
  EXPECT_EQ(off[1], 0);
  EXPECT_EQ(off[2], 0);
  EXPECT_EQ(off[3], 1);
  EXPECT_EQ(off[4], 0);
  EXPECT_EQ(on[1], on[0] > 1);
  EXPECT_EQ(on[2], 1);
  return expect_failures;
}
