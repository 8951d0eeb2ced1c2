// Thread-specific storage: values are a thread's own, destructors run at its
// end as often as they set new values but at most TSS_DTOR_ITERATIONS times,
// also after thrd_exit, and not for deleted keys (C17 7.26.6).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds --batch 1 %exe

#include "../expect.h"
#include <threads.h>

enum { THREADS = 20 };

#pragma omp declare target
static tss_t plain, stubborn, deleted;
static int stubborn_calls, deleted_calls, sum;

static void add(void *p) {
#pragma omp atomic
  sum += *(int *)p;
}
static void set_again(void *p) {
#pragma omp atomic
  stubborn_calls++;
  tss_set(stubborn, p);
}
static void count_deleted(void *p) {
  (void)p;
#pragma omp atomic
  deleted_calls++;
}
#pragma omp end declare target

struct job {
  int value, early, mine;
};

static int worker(void *p) {
  struct job *job = p;
  job->early = tss_get(plain) == NULL;
  tss_set(plain, &job->value);
  thrd_yield();
  job->mine = tss_get(plain) == &job->value;
  if (job->value % 2)
    thrd_exit(0);
  return 0;
}

static int loop(void *p) {
  tss_set(stubborn, p);
  tss_set(deleted, p);
  tss_delete(deleted);
  return 0;
}

int main(void) {
  int keys = 0, early = 0, mine = 0, own = 0, total = 0, calls = 0, none = 0;
  int iterations = 0, renewed = 0;
#pragma omp target map(tofrom : keys, early, mine, own, total, calls, none,    \
                           iterations, renewed)
  {
    keys += tss_create(&plain, add) == thrd_success;
    keys += tss_create(&stubborn, set_again) == thrd_success;
    keys += tss_create(&deleted, count_deleted) == thrd_success;
    struct job job[THREADS];
    thrd_t id[THREADS];
    for (int i = 0; i < THREADS; i++) {
      job[i].value = i + 1;
      thrd_create(&id[i], worker, &job[i]);
    }
    for (int i = 0; i < THREADS; i++) {
      thrd_join(id[i], NULL);
      early += job[i].early;
      mine += job[i].mine;
    }
    total = sum;
    own = tss_get(plain) == NULL; /* the initial thread set none */
    int here = 0;
    tss_set(plain, &here);
    own += tss_get(plain) == &here;
    thrd_create(&id[0], loop, &here);
    thrd_join(id[0], NULL);
    calls = stubborn_calls;
    none = deleted_calls;
    iterations = TSS_DTOR_ITERATIONS;
    tss_t next; /* at the deleted one's place, but another key */
    tss_create(&next, NULL);
    renewed = tss_get(next) == NULL;
    tss_delete(next);
    tss_delete(plain);
    tss_delete(stubborn);
  }
  EXPECT_EQ(keys, 3);
  EXPECT_EQ(early, THREADS);
  EXPECT_EQ(mine, THREADS);
  EXPECT_EQ(total, THREADS * (THREADS + 1) / 2);
  EXPECT_EQ(own, 2);
  EXPECT_EQ(calls, iterations);
  EXPECT_EQ(none, 0);
  EXPECT_EQ(renewed, 1);
  return expect_failures;
}
