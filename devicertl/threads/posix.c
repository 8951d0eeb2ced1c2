/* posix.c - the subset of POSIX threads that include/heddle_pthread.h lists,
 * with glibc's types, whose static initialisers are what ours would be. */
#include "libc/libc.h"
#include "threads/sync.h"

enum { /* <errno.h> of Linux */
       EPERM = 1,
       ESRCH = 3,
       EAGAIN = 11,
       ENOMEM = 12,
       EBUSY = 16,
       EINVAL = 22,
       EDEADLK = 35,
       ETIMEDOUT = 110,
};
enum { BARRIER_SERIAL = -1, STACK_MIN = 1024 };

static int32_t posix(int32_t result) {
  switch (result) {
  case HDL_SUCCESS:
    return 0;
  case HDL_BUSY:
  case HDL_IN_USE:
    return EBUSY;
  case HDL_NOMEM:
    return ENOMEM;
  case HDL_TIMEDOUT:
    return ETIMEDOUT;
  case HDL_DEADLOCK:
    return EDEADLK;
  case HDL_NOT_OWNER:
    return EPERM;
  case HDL_NO_THREAD:
    return ESRCH;
  default:
    return EINVAL;
  }
}

/* Threads */

struct attr {
  uint32_t detached;
  uint32_t reserved;
  uint64_t stack_bytes;
};

HDL_LIBC int pthread_attr_init(struct attr *a) {
  *a = (struct attr){0};
  return 0;
}
HDL_LIBC int pthread_attr_destroy(struct attr *a) {
  (void)a;
  return 0;
}
HDL_LIBC int pthread_attr_setstacksize(struct attr *a, uint64_t bytes) {
  if (bytes < STACK_MIN)
    return EINVAL;
  a->stack_bytes = bytes;
  return 0;
}
HDL_LIBC int pthread_attr_getstacksize(const struct attr *a, uint64_t *bytes) {
  *bytes = a->stack_bytes;
  return 0;
}
HDL_LIBC int pthread_attr_setdetachstate(struct attr *a, int32_t state) {
  if (state != 0 && state != 1)
    return EINVAL;
  a->detached = (uint32_t)state;
  return 0;
}
HDL_LIBC int pthread_attr_getdetachstate(const struct attr *a, int32_t *state) {
  *state = (int32_t)a->detached;
  return 0;
}

HDL_LIBC int pthread_create(uint64_t *id, const struct attr *a,
                            void *(*function)(void *), void *argument) {
  struct hdl_strand_request request = {.start = HDL_START_POSIX,
                                       .function = (void *)function,
                                       .argument = argument,
                                       .stack_bytes = a ? a->stack_bytes : 0,
                                       .place = HDL_ANYWHERE,
                                       .detached = a && a->detached};
  return hdl_strand_create(hdl_self(), &request, id) == HDL_SUCCESS ? 0
                                                                    : EAGAIN;
}
HDL_LIBC int pthread_join(uint64_t id, void **result) {
  uint64_t value = 0;
  int32_t error =
      hdl_strand_join(hdl_self(), id, HDL_FOREVER, &value, "pthread_join");
  if (error == HDL_SUCCESS && result)
    *result = (void *)(uintptr_t)value;
  return posix(error);
}
HDL_LIBC int pthread_detach(uint64_t id) {
  return posix(hdl_strand_detach(id, "pthread_detach"));
}
HDL_LIBC uint64_t pthread_self(void) { return hdl_self_id(hdl_self()); }
HDL_LIBC int pthread_equal(uint64_t a, uint64_t b) { return a == b; }
HDL_LIBC _Noreturn void pthread_exit(void *result) {
  hdl_strand_exit(hdl_self(), (uintptr_t)result,
                  "pthread_exit was called by a thread that pthread_create did "
                  "not make, or inside a parallel region");
}
HDL_LIBC int pthread_setname_np(uint64_t id, const char *name) {
  return posix(hdl_strand_name(id, name));
}
HDL_LIBC int pthread_getname_np(uint64_t id, char *name, uint64_t bytes) {
  return posix(hdl_strand_get_name(id, name, bytes));
}

/* Mutexes */

HDL_LIBC int pthread_mutexattr_init(int32_t *a) {
  *a = HDL_MUTEX_PLAIN;
  return 0;
}
HDL_LIBC int pthread_mutexattr_destroy(int32_t *a) {
  (void)a;
  return 0;
}
HDL_LIBC int pthread_mutexattr_settype(int32_t *a, int32_t kind) {
  if (kind < HDL_MUTEX_PLAIN || kind > HDL_MUTEX_CHECKED)
    return EINVAL;
  *a = kind;
  return 0;
}
HDL_LIBC int pthread_mutexattr_gettype(const int32_t *a, int32_t *kind) {
  *kind = *a;
  return 0;
}
HDL_LIBC int pthread_mutex_init(struct hdl_mutex *m, const int32_t *a) {
  hdl_mutex_init(m, a ? *a : HDL_MUTEX_PLAIN);
  return 0;
}
HDL_LIBC int pthread_mutex_destroy(struct hdl_mutex *m) {
  return posix(hdl_mutex_destroy(m, "pthread_mutex_destroy"));
}
HDL_INLINE_LIBC int pthread_mutex_lock(struct hdl_mutex *m) {
  int32_t result = hdl_mutex_lock_here(m, "pthread_mutex_lock");
  return result == HDL_SUCCESS ? 0 : posix(result);
}
HDL_LIBC int pthread_mutex_trylock(struct hdl_mutex *m) {
  return posix(hdl_mutex_trylock(hdl_self(), m, "pthread_mutex_trylock"));
}
HDL_LIBC int pthread_mutex_timedlock(struct hdl_mutex *m,
                                     const struct hdl_timespec *at) {
  uint64_t deadline;
  if (!hdl_deadline(at, HDL_CLOCK_WALL, &deadline))
    return EINVAL;
  return posix(
      hdl_mutex_lock(hdl_self(), m, deadline, "pthread_mutex_timedlock"));
}
HDL_INLINE_LIBC int pthread_mutex_unlock(struct hdl_mutex *m) {
  int32_t result = hdl_mutex_unlock_here(m, "pthread_mutex_unlock");
  return result == HDL_SUCCESS ? 0 : posix(result);
}

/* Condition variables */

HDL_LIBC int pthread_condattr_init(int32_t *a) {
  *a = HDL_CLOCK_WALL;
  return 0;
}
HDL_LIBC int pthread_condattr_destroy(int32_t *a) {
  (void)a;
  return 0;
}
HDL_LIBC int pthread_condattr_setclock(int32_t *a, int32_t clock) {
  if (clock != HDL_CLOCK_WALL && clock != HDL_CLOCK_STEADY)
    return EINVAL;
  *a = clock;
  return 0;
}
HDL_LIBC int pthread_condattr_getclock(const int32_t *a, int32_t *clock) {
  *clock = *a;
  return 0;
}
HDL_LIBC int pthread_cond_init(struct hdl_cond *c, const int32_t *a) {
  *c = (struct hdl_cond){.clock = a ? (uint32_t)*a : HDL_CLOCK_WALL};
  return 0;
}
HDL_LIBC int pthread_cond_destroy(struct hdl_cond *c) {
  return posix(hdl_cond_destroy(c, "pthread_cond_destroy"));
}
HDL_LIBC int pthread_cond_signal(struct hdl_cond *c) {
  hdl_cond_wake(hdl_self(), c, 1);
  return 0;
}
HDL_LIBC int pthread_cond_broadcast(struct hdl_cond *c) {
  hdl_cond_wake(hdl_self(), c, ~0u);
  return 0;
}
HDL_LIBC int pthread_cond_wait(struct hdl_cond *c, struct hdl_mutex *m) {
  return posix(
      hdl_cond_wait(hdl_self(), c, m, HDL_FOREVER, "pthread_cond_wait"));
}
HDL_LIBC int pthread_cond_timedwait(struct hdl_cond *c, struct hdl_mutex *m,
                                    const struct hdl_timespec *at) {
  uint64_t deadline;
  if (!hdl_deadline(at, (int32_t)c->clock, &deadline))
    return EINVAL;
  return posix(
      hdl_cond_wait(hdl_self(), c, m, deadline, "pthread_cond_timedwait"));
}

/* Read-write locks */

static int32_t rwlock(struct hdl_rwlock *l, bool write, uint64_t deadline,
                      const char *what) {
  return posix(hdl_rwlock_lock(hdl_self(), l, write, deadline, what));
}
static int32_t timed_rwlock(struct hdl_rwlock *l, bool write,
                            const struct hdl_timespec *at, const char *what) {
  uint64_t deadline;
  if (!hdl_deadline(at, HDL_CLOCK_WALL, &deadline))
    return EINVAL;
  return rwlock(l, write, deadline, what);
}
HDL_LIBC int pthread_rwlock_init(struct hdl_rwlock *l, const void *a) {
  (void)a; /* nothing that has a meaning here */
  *l = (struct hdl_rwlock){0};
  return 0;
}
HDL_LIBC int pthread_rwlock_destroy(struct hdl_rwlock *l) {
  if (hdl_rwlock_free(l))
    return 0;
  hdl_misuse("pthread_rwlock_destroy", "the lock is held", NULL);
  return EBUSY;
}
HDL_LIBC int pthread_rwlock_rdlock(struct hdl_rwlock *l) {
  return rwlock(l, false, HDL_FOREVER, "pthread_rwlock_rdlock");
}
HDL_LIBC int pthread_rwlock_wrlock(struct hdl_rwlock *l) {
  return rwlock(l, true, HDL_FOREVER, "pthread_rwlock_wrlock");
}
HDL_LIBC int pthread_rwlock_tryrdlock(struct hdl_rwlock *l) {
  return rwlock(l, false, 0, "pthread_rwlock_tryrdlock");
}
HDL_LIBC int pthread_rwlock_trywrlock(struct hdl_rwlock *l) {
  return rwlock(l, true, 0, "pthread_rwlock_trywrlock");
}
HDL_LIBC int pthread_rwlock_timedrdlock(struct hdl_rwlock *l,
                                        const struct hdl_timespec *at) {
  return timed_rwlock(l, false, at, "pthread_rwlock_timedrdlock");
}
HDL_LIBC int pthread_rwlock_timedwrlock(struct hdl_rwlock *l,
                                        const struct hdl_timespec *at) {
  return timed_rwlock(l, true, at, "pthread_rwlock_timedwrlock");
}
HDL_LIBC int pthread_rwlock_unlock(struct hdl_rwlock *l) {
  return posix(hdl_rwlock_unlock(hdl_self(), l, "pthread_rwlock_unlock"));
}

/* Barriers, once, keys */

HDL_LIBC int pthread_barrier_init(struct hdl_meeting *b, const void *a,
                                  uint32_t size) {
  (void)a;
  if (size == 0)
    return EINVAL;
  *b = (struct hdl_meeting){.size = size, .valid = 1};
  return 0;
}
HDL_LIBC int pthread_barrier_destroy(struct hdl_meeting *b) {
  hdl_guard(&b->guard);
  bool used = b->arrived != 0;
  hdl_unguard(&b->guard);
  if (!used)
    return 0;
  hdl_misuse("pthread_barrier_destroy", "threads wait in the barrier", NULL);
  return EBUSY;
}
HDL_LIBC int pthread_barrier_wait(struct hdl_meeting *b) {
  return hdl_meeting_wait(hdl_self(), b, "pthread_barrier_wait")
             ? BARRIER_SERIAL
             : 0;
}
HDL_LIBC int pthread_once(uint32_t *flag, void (*function)(void)) {
  hdl_once(flag, function, "pthread_once");
  return 0;
}
HDL_LIBC int pthread_key_create(uint32_t *key, void (*destructor)(void *)) {
  return hdl_tss_create(key, destructor) == HDL_SUCCESS ? 0 : EAGAIN;
}
HDL_LIBC int pthread_key_delete(uint32_t key) {
  return hdl_tss_delete(key) ? 0 : EINVAL;
}
HDL_LIBC void *pthread_getspecific(uint32_t key) {
  return hdl_tss_get(hdl_self(), key);
}
HDL_LIBC int pthread_setspecific(uint32_t key, const void *value) {
  return posix(hdl_tss_set(hdl_self(), key, (void *)(uintptr_t)value));
}
