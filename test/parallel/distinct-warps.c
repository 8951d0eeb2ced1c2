// Each thread of a team runs on a warp of its own, and the initial thread on
// warp 0 (design 1).
//
// OpenMP 5.2: 10.1 parallel
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { MAX_THREADS = 16384 };

static int warp[MAX_THREADS], used[MAX_THREADS];

int main(void) {
  int size = 0, initial = -1;
#pragma omp target map(tofrom : warp, size, initial)
  {
    initial = heddle_warp_id();
#pragma omp parallel shared(warp, size)
    {
      int me = omp_get_thread_num();
      warp[me] = heddle_warp_id();
      if (me == 0)
        size = omp_get_num_threads();
    }
  }
  EXPECT_EQ(initial, 0);
  EXPECT_EQ(warp[0], 0);
  for (int i = 0; i < size; i++) {
    EXPECT(warp[i] >= 0 && warp[i] < MAX_THREADS);
    EXPECT_EQ(used[warp[i]]++, 0);
  }
  EXPECT_EQ(heddle_warp_id(), 0);
  return expect_failures;
}
