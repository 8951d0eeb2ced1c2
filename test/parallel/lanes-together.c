// The lanes of a nested region execute it together, although the one that meets it
// comes from the program and the others from where they wait: executed by one after
// the other it would take twice as long (sm_90's WARPSYNC.COLLECTIVE; lanes.c).
//
// REQUIRES: gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { LANES = 32, TIMES = 20 };

#pragma omp begin declare target
// Bit per lane of the warp that executes this with the caller.
static unsigned active(void) {
  unsigned mask = 0;
#ifdef __NVPTX__
  __asm__ volatile("activemask.b32 %0;" : "=r"(mask));
#endif
  return mask;
}

static void region(int *threads, int *together) {
  int n = 0, all = 0;
#pragma omp parallel num_threads(LANES) reduction(+ : n, all)
  {
    unsigned mask = active();
    n++;
    all += mask == ~0u;
  }
  *threads += n;
  *together += all;
}
#pragma omp end declare target

int main(void) {
  int threads = 0, together = 0;
#pragma omp target map(tofrom : threads, together)
#pragma omp parallel num_threads(2)
#pragma omp masked
  for (int i = 0; i < TIMES; i++)
    region(&threads, &together);
  EXPECT_EQ(threads, TIMES * LANES);
  EXPECT_EQ(together, TIMES * LANES);

  threads = together = 0;
#pragma omp target map(tofrom : threads, together)
#pragma omp parallel num_threads(2)
#pragma omp masked
#pragma omp task
  region(&threads, &together);
  EXPECT_EQ(threads, LANES);
  EXPECT_EQ(together, LANES);
  return expect_failures;
}
