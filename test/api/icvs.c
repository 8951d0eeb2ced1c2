// Setting routines change the control variables of the calling task, and a
// parallel region passes them on (OpenMP 5.2, 2.4 and 18.2).
//
// OpenMP 5.2: 2.4 control variables; 18.2.6 omp_set_dynamic
// OpenMP 5.2: 18.2.7 omp_get_dynamic; 18.2.16 omp_get_max_active_levels
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int nthreads[3], levels[2], dynamic[2], wrong = 0;
#pragma omp target map(from : nthreads, levels, dynamic) map(tofrom : wrong)
  {
    omp_set_num_threads(3);
    nthreads[0] = omp_get_max_threads();
#pragma omp parallel num_threads(2)
    {
      int bad = omp_get_max_threads() != 3;
      omp_set_num_threads(4 + omp_get_thread_num());
      bad |= omp_get_max_threads() != 4 + omp_get_thread_num();
#pragma omp atomic
      wrong += bad;
    }
    nthreads[1] = omp_get_max_threads();
#pragma omp task if (0)
    omp_set_num_threads(2);
    nthreads[2] = omp_get_max_threads();

    omp_set_max_active_levels(1);
    levels[0] = omp_get_max_active_levels();
    omp_set_max_active_levels(1000000);
    levels[1] =
        omp_get_max_active_levels() == omp_get_supported_active_levels();
    omp_set_dynamic(1);
    dynamic[0] = omp_get_dynamic();
    omp_set_dynamic(0);
    dynamic[1] = omp_get_dynamic();
  }
  EXPECT_EQ(nthreads[0], 3);
  EXPECT_EQ(nthreads[1], 3);
  EXPECT_EQ(nthreads[2], 3);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(levels[0], 1);
  EXPECT_EQ(levels[1], 1);
  EXPECT(dynamic[0] == 0 || dynamic[0] == 1);
  EXPECT_EQ(dynamic[1], 0);
  return expect_failures;
}
