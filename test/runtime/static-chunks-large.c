// schedule(static, chunk) with chunks so large that the distance from one to
// the thread's next is no number of the loop's type: every chunk is somebody's,
// once, and nobody gets more (OpenMP 5.2, 11.5.3).  The loop is walked as clang
// walks it, without running its 2^31 - 1 iterations.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <limits.h>

enum { STATIC_CHUNKED = 33, CHUNK = 1 << 29, CHUNKS = 4 };

#pragma omp begin declare target
void __kmpc_for_static_init_4(void *loc, int gtid, int sched, int *last,
                              int *lower, int *upper, int *stride, int incr,
                              int chunk);
#pragma omp end declare target

int main(void) {
  int seen[CHUNKS] = {0}, stray = 0, lasts = 0, iterations = 0;
#pragma omp target map(tofrom : seen, stray, lasts, iterations)
#pragma omp parallel
  {
    const int end = INT_MAX - 1;
    int last = 0, lower = 0, upper = end, stride = 1;
    __kmpc_for_static_init_4(0, 0, STATIC_CHUNKED, &last, &lower, &upper,
                             &stride, 1, CHUNK);
    for (int turns = 0; turns < CHUNKS; turns++) {
      if (upper > end)
        upper = end;
      if (lower > upper)
        break;
      if (lower < 0 || lower % CHUNK) {
#pragma omp atomic
        stray++;
      } else {
#pragma omp atomic
        seen[lower / CHUNK]++;
      }
#pragma omp atomic
      iterations += upper - lower;
      lower = (int)((unsigned)lower + (unsigned)stride);
      upper = (int)((unsigned)upper + (unsigned)stride);
    }
#pragma omp atomic
    lasts += last;
  }
  for (int i = 0; i < CHUNKS; i++)
    EXPECT_EQ(seen[i], 1);
  EXPECT_EQ(stray, 0);
  EXPECT_EQ(lasts, 1);
  EXPECT_EQ(iterations, INT_MAX - CHUNKS);
  return expect_failures;
}
