// Tasks of a cancelled taskgroup that have not begun are discarded, those that
// run leave at their next cancellation point, and nobody else's are touched
// (OpenMP 5.2, 16.1).
//
// OpenMP 5.2: 16.1 cancel taskgroup; 16.2 cancellation point
//
// Not on the host, where libomp 22 runs tasks of a taskgroup within.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 40, ROUNDS = 3 };

int main(void) {
  int late = 0, left = 0, begun = 0, outside = 0, inside = 0, whole = 0;
  int looped = 0, threads = 0;
#pragma omp target map(tofrom : late, left, begun, outside, inside, whole,     \
                           looped, threads)
#pragma omp parallel
#pragma omp single
  for (int round = 0; round < ROUNDS; round++) {
    threads = omp_get_num_threads();
    // Not of the group, even if they run meanwhile.
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(outside)
      {
#pragma omp atomic
        outside++;
      }
    }
#pragma omp taskgroup
    {
      // Whoever runs one discards the others.
      for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(begun, left)
        {
#pragma omp atomic
          begun++;
#pragma omp cancel taskgroup
#pragma omp atomic
          left++;
        }
      }
    }
#pragma omp taskgroup
    {
#pragma omp task if (0)
      {
#pragma omp cancel taskgroup
#pragma omp atomic
        late++;
      }
      // All too late, and those of a group within.
      for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(late)
        {
#pragma omp atomic
          late++;
        }
      }
#pragma omp taskgroup
      {
#pragma omp task shared(late)
        {
#pragma omp atomic
          late++;
        }
      }
    }
    // A group within a task cancels only itself.
#pragma omp taskgroup
    {
#pragma omp task shared(inside, late)
      {
#pragma omp taskgroup
        {
#pragma omp task if (0)
          {
#pragma omp cancel taskgroup
          }
#pragma omp task shared(late)
          {
#pragma omp atomic
            late++;
          }
        }
#pragma omp cancellation point taskgroup
#pragma omp atomic
        inside++;
      }
    }
#pragma omp taskgroup
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(whole)
      {
#pragma omp cancellation point taskgroup
#pragma omp atomic
        whole++;
      }
    }
#pragma omp taskloop grainsize(1) shared(looped, threads)
    for (int i = 0; i < TASKS; i++) {
#pragma omp cancel taskgroup
#pragma omp atomic
      looped++;
    }
  }
  EXPECT_EQ(left, 0);
  EXPECT(begun >= ROUNDS && begun <= ROUNDS * threads);
  EXPECT_EQ(late, 0);
  EXPECT_EQ(outside, ROUNDS * TASKS);
  EXPECT_EQ(inside, ROUNDS);
  EXPECT_EQ(whole, ROUNDS * TASKS);
  EXPECT_EQ(looped, 0);
  return expect_failures;
}
