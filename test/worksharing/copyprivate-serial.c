// In a team of one, copyprivate copies nothing: the only thread ran the region
// (OpenMP 5.2, 5.7.2).
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int sum = 0, threads = 0;
#pragma omp target map(tofrom : sum, threads)
#pragma omp parallel
  {
    int mine = omp_get_thread_num();
#pragma omp parallel num_threads(2)
    {
      int value = -1;
#pragma omp single copyprivate(value)
      value = mine;
#pragma omp atomic
      sum += value == mine;
    }
#pragma omp atomic
    threads++;
  }
  EXPECT(threads > 1);
  EXPECT_EQ(sum, threads);
  return expect_failures;
}
