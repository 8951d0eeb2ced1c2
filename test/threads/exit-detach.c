// thrd_exit ends a thread however deep its calls are, with a result, and a lane
// can do that any number of times; a detached thread needs no join
// (C17 7.26.5.3, 7.26.5.5).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

enum { THREADS = 60, ROUNDS = 5 };

/* Not a tail call, so that the stack is deep where the thread ends. */
static int dive(int depth, int result) {
  volatile int here[8] = {depth};
  if (depth == 0)
    thrd_exit(result);
  return dive(depth - 1, result) + here[0];
}

static int leaver(void *p) {
  int shared[4] = {0};
  *(int *)p += 1;
  dive(20, *(int *)p + shared[0]);
  return -1;
}

static int detached(void *p) {
  heddle_latch_count_down((heddle_latch *)p, 1);
  return 0;
}

int main(void) {
  int right = 0, detaches = 0, open = 0;
#pragma omp target map(tofrom : right, detaches, open)
  {
    int value[THREADS];
    thrd_t id[THREADS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < THREADS; i++) {
        value[i] = i * 3;
        thrd_create(&id[i], leaver, &value[i]);
      }
      for (int i = 0; i < THREADS; i++) {
        int result = 0;
        thrd_join(id[i], &result);
        right += result == i * 3 + 1;
      }
    }
    heddle_latch latch;
    heddle_latch_init(&latch, THREADS);
    for (int i = 0; i < THREADS; i++) {
      thrd_create(&id[i], detached, &latch);
      detaches += thrd_detach(id[i]) == thrd_success;
    }
    heddle_latch_wait(&latch);
    open = heddle_latch_try_wait(&latch) == thrd_success;
  }
  EXPECT_EQ(right, THREADS * ROUNDS);
  EXPECT_EQ(detaches, THREADS);
  EXPECT_EQ(open, 1);
  return expect_failures;
}
