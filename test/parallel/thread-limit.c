// thread_limit on the target construct bounds the threads of its teams and is
// what omp_get_thread_limit returns (OpenMP 5.2, 13.3; design 3.5).
//
// OpenMP 5.2: 13.3 thread_limit; 18.2.13 omp_get_thread_limit
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int limit = 0, size = 0, maximum = 0;
#pragma omp target thread_limit(6) map(from : limit, size, maximum)
  {
    limit = omp_get_thread_limit();
    maximum = omp_get_max_threads();
#pragma omp parallel
#pragma omp masked
    size = omp_get_num_threads();
  }
  EXPECT(limit <= 6);
  EXPECT(maximum <= 6);
  EXPECT(size >= 1 && size <= 6);
  return expect_failures;
}
