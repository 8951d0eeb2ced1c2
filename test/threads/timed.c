// thrd_sleep takes its time and others run meanwhile; mtx_timedlock and
// cnd_timedwait give up at their deadline, hold the mutex or do not as C17 says
// (7.26.3.5, 7.26.4.4, 7.26.5.7), and a signal in time is none too late.
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

#define MICRO 1000L

struct shared {
  mtx_t mutex;
  cnd_t cond;
  int flag, woken, slept_early;
};

static struct timespec in(long ns) {
  struct timespec at;
  timespec_get(&at, TIME_UTC);
  at.tv_nsec += ns;
  if (at.tv_nsec >= 1000000000) {
    at.tv_nsec -= 1000000000;
    at.tv_sec++;
  }
  return at;
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000 + t.tv_nsec;
}

static int sleeper(void *p) {
  struct shared *s = p;
  long start = now();
  struct timespec span = {0, 50 * MICRO};
  int result = thrd_sleep(&span, NULL);
  mtx_lock(&s->mutex);
  s->slept_early += now() - start < 50 * MICRO;
  mtx_unlock(&s->mutex);
  return result;
}

static int try_for(void *p) {
  struct shared *s = p;
  struct timespec at = in(30 * MICRO);
  int result = mtx_timedlock(&s->mutex, &at);
  if (result == thrd_success)
    mtx_unlock(&s->mutex);
  return result;
}

static int signaller(void *p) {
  struct shared *s = p;
  mtx_lock(&s->mutex);
  s->flag = 1;
  cnd_signal(&s->cond);
  mtx_unlock(&s->mutex);
  return 0;
}

int main(void) {
  int sleeps = 0, early = 0, busy = 0, free = 0, timeout = 0, held = 0;
  int signalled = 0, flag = 0, bad = 0, sem = 0, parked = 0;
#pragma omp target map(tofrom : sleeps, early, busy, free, timeout, held,      \
                           signalled, flag, bad, sem, parked)
  {
    struct shared s = {.flag = 0};
    mtx_init(&s.mutex, mtx_timed);
    cnd_init(&s.cond);
    thrd_t id[40];
    for (int i = 0; i < 40; i++)
      thrd_create(&id[i], sleeper, &s);
    for (int i = 0; i < 40; i++) {
      int result = -1;
      thrd_join(id[i], &result);
      sleeps += result == 0;
    }
    early = s.slept_early;

    mtx_lock(&s.mutex);
    thrd_create(&id[0], try_for, &s);
    thrd_join(id[0], &busy);
    mtx_unlock(&s.mutex);
    thrd_create(&id[0], try_for, &s);
    thrd_join(id[0], &free);

    mtx_lock(&s.mutex);
    struct timespec at = in(20 * MICRO);
    timeout = cnd_timedwait(&s.cond, &s.mutex, &at);
    thrd_create(&id[0], try_for, &s);
    thrd_join(id[0], &held); /* we hold it again */
    thrd_create(&id[0], signaller, &s);
    at = in(1000000 * MICRO);
    while (!s.flag)
      signalled = cnd_timedwait(&s.cond, &s.mutex, &at);
    flag = s.flag;
    mtx_unlock(&s.mutex);
    thrd_join(id[0], NULL);

    struct timespec wrong = {0, 1000000000};
    mtx_lock(&s.mutex);
    bad = (mtx_timedlock(&s.mutex, &wrong) == thrd_error) +
          (cnd_timedwait(&s.cond, &s.mutex, &wrong) == thrd_error) +
          (thrd_sleep(&wrong, NULL) < 0);
    mtx_unlock(&s.mutex);
    heddle_sem units;
    heddle_sem_init(&units, 1);
    sem = heddle_sem_acquire_for(&units, 10 * MICRO) * 10 +
          heddle_sem_acquire_for(&units, 10 * MICRO);
    heddle_unpark(thrd_current());
    parked = heddle_park_for(10 * MICRO) * 10 + heddle_park_for(10 * MICRO);
    cnd_destroy(&s.cond);
    mtx_destroy(&s.mutex);
  }
  EXPECT_EQ(sleeps, 40);
  EXPECT_EQ(early, 0);
  EXPECT_EQ(busy, thrd_timedout);
  EXPECT_EQ(free, thrd_success);
  EXPECT_EQ(timeout, thrd_timedout);
  EXPECT_EQ(held, thrd_timedout);
  EXPECT_EQ(signalled, thrd_success);
  EXPECT_EQ(flag, 1);
  EXPECT_EQ(bad, 3);
  EXPECT_EQ(sem, thrd_timedout);
  EXPECT_EQ(parked, thrd_timedout);
  return expect_failures;
}
