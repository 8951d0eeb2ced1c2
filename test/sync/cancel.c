// Unless OMP_CANCELLATION is true, cancel and cancellation point do nothing
// (OpenMP 5.2, 2.3 and 16.1).
//
// OpenMP 5.2: 18.2.8 omp_get_cancellation; 21.2.6 OMP_CANCELLATION
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe
// RUN: env OMP_CANCELLATION=false %run %exe

#include "../expect.h"
#include <omp.h>

enum { N = 50 };

int main(void) {
  int active = -1, loops = 0, tasks = 0, after = 0, size = 0;
#pragma omp target map(from : active) map(tofrom : loops, tasks, after, size)
  {
    active = omp_get_cancellation();
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
#pragma omp for
      for (int i = 0; i < N; i++) {
#pragma omp atomic
        loops++;
#pragma omp cancel for
      }
#pragma omp single
#pragma omp taskgroup
      for (int i = 0; i < N; i++) {
#pragma omp task
        {
#pragma omp cancellation point taskgroup
#pragma omp atomic
          tasks++;
#pragma omp cancel taskgroup
        }
      }
#pragma omp cancel parallel
#pragma omp atomic
      after++;
    }
  }
  EXPECT_EQ(active, 0);
  EXPECT_EQ(loops, N);
  EXPECT_EQ(tasks, N);
  EXPECT_EQ(after, size);
  return expect_failures;
}
