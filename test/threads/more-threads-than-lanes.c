// More threads than lanes are alive at once: a thousand wait for a latch that
// opens only when one that was created last has run (design 6.2).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <stdlib.h>

enum { THREADS = 1000 };

struct shared {
  heddle_latch gate;
  heddle_sem passed;
};

static int waiter(void *p) {
  struct shared *s = p;
  heddle_latch_wait(&s->gate);
  heddle_sem_release(&s->passed, 1);
  return 1;
}

static int opener(void *p) {
  struct shared *s = p;
  heddle_latch_count_down(&s->gate, 1);
  return 0;
}

int main(void) {
  int created = 0, waiting = 0, passed = 0, sum = 0;
#pragma omp target map(tofrom : created, waiting, passed, sum)
  {
    struct shared s;
    heddle_latch_init(&s.gate, 1);
    heddle_sem_init(&s.passed, 0);
    thrd_t *id = malloc(THREADS * sizeof *id), last;
    /* All but the last eight or so find a lane; then those wait in the queue
     * until others have left theirs, so open the gate from here as well. */
    int lanes = heddle_available_parallelism() * 31;
    int n = THREADS < lanes - 1 ? THREADS : lanes - 1;
    for (int i = 0; i < n; i++)
      created += thrd_create(&id[i], waiter, &s) == thrd_success;
    waiting = heddle_sem_try_acquire(&s.passed) == thrd_busy;
    created += thrd_create(&last, opener, &s) == thrd_success;
    for (int i = 0; i < n; i++) {
      int one = 0;
      thrd_join(id[i], &one);
      sum += one;
    }
    thrd_join(last, NULL);
    while (heddle_sem_try_acquire(&s.passed) == thrd_success)
      passed++;
    created -= n + 1;
    sum -= n;
    passed -= n;
    free(id);
  }
  EXPECT_EQ(created, 0);
  EXPECT_EQ(waiting, 1);
  EXPECT_EQ(sum, 0);
  EXPECT_EQ(passed, 0);
  return expect_failures;
}
