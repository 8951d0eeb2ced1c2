// With a max-active-levels-var of 1 nested regions are inactive, with 0 every
// region is; omp_set_nested is an older name for the same (OpenMP 5.2, 10.1.1,
// 18.2.9, 18.2.15).
//
// OpenMP 5.2: 18.2.9 omp_set_nested; 18.2.10 omp_get_nested
// OpenMP 5.2: 18.2.15 omp_set_max_active_levels
// OpenMP 5.2: 18.2.16 omp_get_max_active_levels
//
// RUN: %cc -Wno-deprecated-declarations %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int most[3] = {0}, outer[3] = {0}, active[3] = {0}, nested[2];
#pragma omp target map(tofrom : most, outer, active) map(from : nested)
  {
    for (int levels = 0; levels < 3; levels++) {
      omp_set_max_active_levels(levels);
#pragma omp parallel num_threads(4)
      {
        int size = omp_get_num_threads();
        if (omp_get_thread_num() == 0)
          outer[levels] = size;
#pragma omp parallel num_threads(3)
#pragma omp critical
        {
          if (omp_get_num_threads() > most[levels])
            most[levels] = omp_get_num_threads();
          if (omp_get_active_level() > active[levels])
            active[levels] = omp_get_active_level();
        }
      }
    }
    omp_set_nested(0);
    nested[0] = omp_get_nested() * 10 + omp_get_max_active_levels();
    omp_set_nested(1);
    nested[1] = omp_get_nested() && omp_get_max_active_levels() > 1;
  }
  EXPECT_EQ(outer[0], 1);
  EXPECT_EQ(most[0], 1);
  EXPECT_EQ(active[0], 0);
  EXPECT(outer[1] > 1);
  EXPECT_EQ(most[1], 1);
  EXPECT_EQ(active[1], 1);
  EXPECT(outer[2] > 1);
  EXPECT(most[2] > 1);
  EXPECT_EQ(active[2], 2);
  EXPECT_EQ(nested[0], 1);
  EXPECT_EQ(nested[1], 1);
  return expect_failures;
}
