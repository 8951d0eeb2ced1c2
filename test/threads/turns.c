// Of many threads that can go on, on one warp, each gets its turn, also while
// the warp's OpenMP thread looks again and again for what it waits for: here a
// lock, whose holder is the last of them (docs/threads.md).
//
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_NUM_THREADS=1 %seeds %exe

#include "../expect.h"
#include "yielders.h"
#include <omp.h>

enum { YIELDERS = 14, TURNS = 10 };

struct shared {
  struct yielders yielders;
  omp_lock_t lock;
};

static int holder(void *p) {
  struct shared *s = p;
  omp_set_lock(&s->lock);
  heddle_latch_count_down(&s->yielders.running, 1);
  for (int i = 0; i < TURNS; i++)
    thrd_yield();
  omp_unset_lock(&s->lock);
  return 1;
}

int main(void) {
  int sum = 0;
#pragma omp target map(tofrom : sum)
  {
    struct shared s = {.yielders.stop = 0};
    thrd_t id[YIELDERS + 1];
    omp_init_lock(&s.lock);
    heddle_latch_init(&s.yielders.running, YIELDERS + 1);
    for (int i = 0; i < YIELDERS; i++)
      thrd_create(&id[i], yielder, &s.yielders);
    thrd_create(&id[YIELDERS], holder, &s);
    heddle_latch_wait(&s.yielders.running);
    omp_set_lock(&s.lock);
    stop_yielders(&s.yielders);
    omp_unset_lock(&s.lock);
    for (int i = 0; i < YIELDERS + 1; i++) {
      int one = 0;
      thrd_join(id[i], &one);
      sum += one;
    }
  }
  EXPECT_EQ(sum, YIELDERS + 1);
  return expect_failures;
}
