// What a thread had on its lane's stack when it ended by thrd_exit is gone: a
// region that runs on that lane next has the whole stack (C17 7.26.5.5).
//
// C17: 7.26 threads.h
//
// How large a frame is differs on a GPU.
// REQUIRES: emulator
//
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_STACK_SIZE=64K %few-seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>
#include <stdlib.h>

enum {
  DEPTH = 150, /* frames of more than 256 bytes: over half of the stack */
  MOST = 1000,
};

/* Not a tail call, so that all frames are there at the bottom. */
static int dive(int depth, int leave) {
  volatile int frame[64];
  frame[depth & 63] = depth;
  if (depth == 0) {
    if (leave)
      thrd_exit(7);
    return 0;
  }
  return dive(depth - 1, leave) + (frame[depth & 63] == depth);
}

/* All are alive at once, so that they are on different lanes. */
static int leaver(void *p) {
  heddle_latch_count_down(p, 1);
  heddle_latch_wait(p);
  return dive(DEPTH, 1);
}

int main(void) {
  int left = 0, few = 0, lanes = 0, depths = 0;
#pragma omp target map(tofrom : left, few, lanes, depths)
  {
    int n = heddle_available_parallelism() * 31 - 1;
    if (n > MOST)
      n = MOST;
    heddle_latch all;
    heddle_latch_init(&all, (unsigned)n);
    thrd_t *id = malloc((size_t)n * sizeof *id);
    for (int i = 0; i < n; i++)
      thrd_create(&id[i], leaver, &all);
    for (int i = 0; i < n; i++) {
      int one = 0;
      thrd_join(id[i], &one);
      left += one == 7;
    }
    left -= n;
    free(id);
#pragma omp parallel num_threads(8) reduction(+ : few, lanes, depths)
    {
      int own = 0, deep = 0;
#pragma omp parallel num_threads(32) reduction(+ : own, deep)
      {
        own++;
        deep += dive(DEPTH, 0);
      }
      few += own < 2;
      lanes += own;
      depths += deep;
    }
  }
  EXPECT_EQ(left, 0);
  EXPECT_EQ(few, 0);
  EXPECT_EQ(depths, lanes * DEPTH);
  return expect_failures;
}
