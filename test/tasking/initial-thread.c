// Tasks created outside of any parallel region are complete when the target
// region ends, and a taskwait there waits for them (OpenMP 5.2, 12.5, 12.8).
//
// OpenMP 5.2: 12.8 tasks of the initial thread
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int waited = -1, threads = -1, level = -1, numbers = 0, total = 0;
#pragma omp target map(from : waited, threads, level)                          \
    map(tofrom : numbers, total)
  {
    int sum = 0;
    threads = omp_get_num_threads();
    level = omp_get_level();
    for (int i = 1; i <= 30; i++) {
#pragma omp task shared(sum, numbers) firstprivate(i)
      {
#pragma omp atomic
        sum += i;
#pragma omp atomic
        numbers += omp_get_thread_num();
      }
    }
#pragma omp taskwait
#pragma omp atomic read
    waited = sum;
    for (int i = 0; i < 30; i++) {
#pragma omp task shared(total)
      {
#pragma omp atomic
        total++;
      }
    }
  }
  EXPECT_EQ(threads, 1);
  EXPECT_EQ(level, 0);
  EXPECT_EQ(waited, 465);
  EXPECT_EQ(numbers, 0);
  EXPECT_EQ(total, 30);
  return expect_failures;
}
