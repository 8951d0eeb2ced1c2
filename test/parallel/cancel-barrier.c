// Barriers are cancellation points: threads that wait in one while another
// cancels the parallel region leave it, too (OpenMP 5.2, 16.1 and 16.2).
//
// OpenMP 5.2: 16.1 cancel parallel
//
// Not on the host, where libomp 22 hangs if a barrier and a cancel overlap.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe
// RUN: env OMP_CANCELLATION=true HEDDLE_EMU_WARPS=9 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 6 };

int main(void) {
  int passed = 0, threads = 0, tasks = 0, singles = 0;
#pragma omp target map(tofrom : passed, threads, tasks, singles)
  for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads += omp_get_num_threads();
#pragma omp task
      {
#pragma omp atomic
        tasks++;
      }
      if (round % 2) {
        // Its end is a barrier.
#pragma omp single
        singles++;
      }
      if (omp_get_thread_num() == round % omp_get_num_threads()) {
#pragma omp cancel parallel
      }
      if (round % 3) {
#pragma omp barrier
      } else {
#pragma omp for
        for (int i = 0; i < 3; i++) {
        }
      }
#pragma omp atomic
      passed++;
#pragma omp barrier
#pragma omp atomic
      passed++;
    }
  }
  EXPECT(threads > ROUNDS);
  EXPECT_EQ(passed, 0);
  EXPECT_EQ(tasks, threads);
  EXPECT_EQ(singles, ROUNDS / 2);
  return expect_failures;
}
