// A POSIX threads program compiles unchanged: every function of the subset
// works, with static initialisers, and returns the error that POSIX names.
//
// POSIX: 2.9 pthread.h
//
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_CHECK=0 %seeds --batch 1 %exe

#define _GNU_SOURCE
#include "../expect.h"
#include <errno.h>
#include <heddle_pthread.h>
#include <omp.h>
#include <string.h>

enum { THREADS = 16 };

#pragma omp declare target
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock; /* clang 22 refuses its initialiser here */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_key_t key;
static int count, inits, destroyed, serial, mine[THREADS];
static void init(void) { inits++; }
static void destroy(void *p) {
  pthread_mutex_lock(&mutex);
  destroyed += *(int *)p;
  pthread_mutex_unlock(&mutex);
}
#pragma omp end declare target

static void *worker(void *p) {
  int *value = &mine[(size_t)p]; /* outlives the thread's own variables */
  pthread_once(&once, init);
  pthread_setspecific(key, value);
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
    pthread_rwlock_wrlock(&rwlock);
    serial++;
    pthread_rwlock_unlock(&rwlock);
  }
  pthread_mutex_lock(&mutex);
  count++;
  pthread_cond_broadcast(&cond);
  while (count < THREADS)
    pthread_cond_wait(&cond, &mutex);
  pthread_mutex_unlock(&mutex);
  *value = pthread_getspecific(key) == value;
  if ((size_t)p % 2)
    pthread_exit(p);
  return p;
}

static void *nothing(void *p) { return p; }
static void *join_self(void *p) {
  *(int *)p = pthread_join(pthread_self(), NULL);
  return NULL;
}
static void *try_all(void *p) {
  int *got = p;
  got[0] = pthread_mutex_trylock(&mutex);
  got[1] = pthread_mutex_unlock(&mutex);
  got[2] = pthread_rwlock_tryrdlock(&rwlock);
  got[3] = pthread_rwlock_trywrlock(&rwlock);
  struct timespec past = {1, 0};
  got[4] = pthread_mutex_timedlock(&mutex, &past);
  got[5] = pthread_rwlock_timedrdlock(&rwlock, &past);
  got[6] = pthread_rwlock_timedwrlock(&rwlock, &past);
  return NULL;
}

int main(void) {
  int results = 0, attrs = 0, self = 0, name = 0, tried[7] = {0}, e[16] = {0};
  int n = 0, values = 0, device = 0;
#pragma omp target map(tofrom : results, attrs, self, name, tried, e, n,       \
                           values, device)
  {
    device = !omp_is_initial_device(); /* glibc looks for fewer errors */
    pthread_t id[THREADS];
    pthread_key_create(&key, destroy);
    pthread_barrier_init(&barrier, NULL, THREADS);
    pthread_rwlock_init(&rwlock, NULL);
    for (size_t i = 0; i < THREADS; i++)
      results += pthread_create(&id[i], NULL, worker, (void *)i);
    for (size_t i = 0; i < THREADS; i++) {
      void *result = NULL;
      results += pthread_join(id[i], &result);
      results += result != (void *)i;
    }
    n = count + 100 * inits + 1000 * serial;
    values = destroyed;

    pthread_attr_t attr;
    size_t bytes = 0;
    int state = 0;
    pthread_attr_init(&attr);
    attrs += pthread_attr_setstacksize(&attr, 1 << 16) == 0;
    attrs += pthread_attr_getstacksize(&attr, &bytes) == 0 && bytes == 1 << 16;
    attrs += pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED) == 0;
    attrs += pthread_attr_getdetachstate(&attr, &state) == 0 &&
             state == PTHREAD_CREATE_DETACHED;
    attrs += pthread_attr_setdetachstate(&attr, 77) == EINVAL;
    attrs += pthread_create(&id[0], &attr, nothing, NULL) == 0;
    pthread_attr_destroy(&attr);
    pthread_create(&id[1], NULL, join_self, &self);
    pthread_join(id[1], NULL);
    e[0] = pthread_join(id[1], NULL);
    e[1] = pthread_detach(id[1]);

    char text[16] = "";
    name += pthread_setname_np(pthread_self(), "first");
    name += pthread_getname_np(pthread_self(), text, sizeof text);
    name += strcmp(text, "first");
    name += !pthread_equal(pthread_self(), pthread_self());

    pthread_mutex_lock(&mutex);
    pthread_rwlock_wrlock(&rwlock);
    pthread_create(&id[0], NULL, try_all, tried);
    pthread_join(id[0], NULL);
    e[2] = pthread_mutex_destroy(&mutex);
    e[3] = pthread_rwlock_destroy(&rwlock);
    e[4] = pthread_rwlock_wrlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    e[5] = pthread_rwlock_unlock(&rwlock);
    struct timespec past = {1, 0}, wrong = {1, -1};
    e[6] = pthread_cond_timedwait(&cond, &mutex, &past);
    e[7] = pthread_cond_timedwait(&cond, &mutex, &wrong);
    pthread_mutex_unlock(&mutex);
    e[8] = pthread_mutex_destroy(&mutex);

    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    e[9] = pthread_mutexattr_settype(&kind, 99);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_t m;
    pthread_mutex_init(&m, &kind);
    pthread_mutex_lock(&m);
    e[10] = pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    e[11] = pthread_mutex_unlock(&m);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m, &kind);
    pthread_mutex_lock(&m);
    e[12] = pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    pthread_mutex_unlock(&m);
    e[13] = pthread_barrier_init(&barrier, NULL, 0);
    e[14] = pthread_key_delete(key);
    e[15] = pthread_setspecific(key, text);
  }
  EXPECT_EQ(results, 0);
  EXPECT_EQ(n, THREADS + 100 + 1000);
  EXPECT_EQ(values, THREADS);
  EXPECT_EQ(attrs, 6);
  EXPECT_EQ(self, EDEADLK);
  EXPECT_EQ(name, 0);
  const int want_tried[] = {EBUSY,     EPERM,     EBUSY,    EBUSY,
                            ETIMEDOUT, ETIMEDOUT, ETIMEDOUT};
  for (int i = 0; device && i < 7; i++)
    EXPECT_EQ(tried[i], want_tried[i]);
  const int want[] = {ESRCH,     ESRCH,  EBUSY, EBUSY,  EDEADLK, EPERM,
                      ETIMEDOUT, EINVAL, 0,     EINVAL, EDEADLK, EPERM,
                      0,         EINVAL, 0,     EINVAL};
  for (int i = 0; device && i < 16; i++)
    EXPECT_EQ(e[i], want[i]);
  return expect_failures;
}
