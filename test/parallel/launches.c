// 50 target regions one after the other each start a fresh team, and their
// results add up (OpenMP 5.2, 13.8).
//
// OpenMP 5.2: 13.8 target
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { LAUNCHES = 50 };

int main(void) {
  int total = 0, bad = 0;
#pragma omp target data map(tofrom : total)
  for (int i = 0; i < LAUNCHES; i++) {
    int count = 0, size = 0, sum = 0;
#pragma omp target map(tofrom : count, size, sum) map(alloc : total)
    {
#pragma omp parallel
      {
        if (omp_get_thread_num() == 0)
          size = omp_get_num_threads();
#pragma omp atomic
        count++;
#pragma omp single
        for (int j = 0; j < 4; j++) {
#pragma omp task shared(sum) firstprivate(j)
          {
#pragma omp atomic
            sum += j;
          }
        }
      }
      total += sum;
    }
    bad += count != size || sum != 6;
  }
  EXPECT_EQ(bad, 0);
  EXPECT_EQ(total, 6 * LAUNCHES);
  return expect_failures;
}
