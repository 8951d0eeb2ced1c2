// All threads create tasks at once and wait for their own children only: each
// thread's sum is its own (OpenMP 5.2, 12.5 and 15.5).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MAX_THREADS = 16384, EACH = 12 };

static int sums[MAX_THREADS];

int main(void) {
  int threads = 0;
#pragma omp target map(tofrom : sums, threads)
  {
#pragma omp parallel shared(sums, threads)
    {
      int me = omp_get_thread_num(), sum = 0;
      if (me == 0)
        threads = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
#pragma omp task shared(sum) firstprivate(me, i)
        {
#pragma omp atomic
          sum += me + i;
        }
      }
#pragma omp taskwait
      sums[me] = sum;
    }
  }
  int good = 0;
  for (int i = 0; i < threads; i++)
    good += sums[i] == EACH * i + EACH * (EACH - 1) / 2;
  EXPECT_EQ(good, threads);
  return expect_failures;
}
