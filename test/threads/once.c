// call_once calls its function once, and everybody returns when it has returned
// (C17 7.26.2.1); heddle_once_value gives all the same value.
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds --batch 1 %exe

#include "../expect.h"
#include <heddle.h>

enum { THREADS = 30 };

#pragma omp declare target
static once_flag flag = ONCE_FLAG_INIT;
static int calls, ready;
static void init(void) {
  calls++;
  for (int i = 0; i < 3; i++)
    thrd_yield();
  ready = 42;
}
#pragma omp end declare target

static heddle_once shared;
#pragma omp declare target(shared)

static void *make(void *p) {
  thrd_yield();
  ++*(int *)p;
  return p;
}

static int worker(void *p) {
  call_once(&flag, init);
  int seen = ready;
  return heddle_once_value(&shared, make, p) == p ? seen : 0;
}

int main(void) {
  int right = 0, called = 0, made = 0;
#pragma omp target map(tofrom : right, called, made)
  {
    thrd_t id[THREADS];
    int value = 0;
    for (int i = 0; i < THREADS; i++)
      thrd_create(&id[i], worker, &value);
    for (int i = 0; i < THREADS; i++) {
      int seen;
      thrd_join(id[i], &seen);
      right += seen == 42;
    }
    called = calls;
    made = value;
  }
  EXPECT_EQ(right, THREADS);
  EXPECT_EQ(called, 1);
  EXPECT_EQ(made, 1);
  return expect_failures;
}
