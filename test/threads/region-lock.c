// A thread opens a parallel region whose threads take a lock for which another
// thread of the same warp waits, or which one of them holds: nobody waits for
// ever (N7 in lanes.c).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { THREADS = 24, TIMES = 5 };

#pragma omp begin declare target
static mtx_t mutex;
static int locked, in_critical;

static void lock_both(void) {
  mtx_lock(&mutex);
  locked++;
  thrd_yield(); // others of the warp go on while it is held
  mtx_unlock(&mutex);
#pragma omp critical
  in_critical++;
}

static int locker(void *p) {
  (void)p;
  for (int i = 0; i < TIMES; i++)
    lock_both();
  return TIMES;
}

static int opener(void *p) {
  (void)p;
  int calls = 0;
  for (int i = 0; i < TIMES; i++) {
#pragma omp parallel num_threads(3) reduction(+ : calls)
    {
      calls++;
      lock_both();
    }
  }
  return calls;
}
#pragma omp end declare target

int main(void) {
  int got = -1, critical = -1, sum = 0, created = 0;
#pragma omp target map(from : got, critical) map(tofrom : sum, created)
  {
    mtx_init(&mutex, mtx_plain);
    locked = in_critical = 0;
    thrd_t id[THREADS];
    heddle_options near = {.place = HEDDLE_NEAR};
    for (int i = 0; i < THREADS; i++)
      created += heddle_spawn(&id[i], i % 2 ? opener : locker, NULL, &near) ==
                 thrd_success;
    for (int i = 0; i < THREADS; i++) {
      int calls = 0;
      thrd_join(id[i], &calls);
      sum += calls;
    }
    got = locked;
    critical = in_critical;
  }
  EXPECT_EQ(created, THREADS);
  EXPECT(sum >= THREADS * TIMES);
  EXPECT_EQ(got, sum);
  EXPECT_EQ(critical, sum);
  return expect_failures;
}
