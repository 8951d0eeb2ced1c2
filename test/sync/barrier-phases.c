// No thread leaves a barrier before all have reached it, and what was written
// before it is visible after it (OpenMP 5.2, 15.3.1 and 15.8.6).
//
// OpenMP 5.2: 15.3.1 barrier
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MAX_THREADS = 16384, PHASES = 20 };

static int phase[MAX_THREADS];

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : phase, wrong)
  {
#pragma omp parallel shared(phase, wrong)
    {
      int me = omp_get_thread_num(), n = omp_get_num_threads(), bad = 0;
      for (int p = 1; p <= PHASES; p++) {
        phase[me] = p;
#pragma omp barrier
        // Plain reads: the barrier orders them.
        for (int step = 1; step < n; step *= 3)
          bad += phase[(me + step) % n] != p;
#pragma omp barrier
      }
#pragma omp atomic
      wrong += bad;
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
