// Parallel regions one after the other, in one target region, all see the
// writes of the one before (OpenMP 5.2, 10.1 and 15.8.6).
//
// OpenMP 5.2: 10.1 parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe
// RUN: env HEDDLE_EMU_WARPS=13 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { REGIONS = 60 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  {
    int last = 0, size = 0;
    for (int i = 1; i <= REGIONS; i++) {
      int count = 0;
#pragma omp parallel shared(count, last, size, wrong) firstprivate(i)
      {
        if (last != i - 1) {
#pragma omp atomic
          wrong++;
        }
        if (omp_get_thread_num() == 0)
          size = omp_get_num_threads();
#pragma omp atomic
        count++;
      }
      wrong += count != size;
      last = i;
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
