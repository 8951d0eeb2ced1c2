/* c11.c - <threads.h> (C17 7.26).  The types are those of the host's header,
 * with which the program was compiled; glibc and musl agree in their sizes. */
#include "libc/libc.h"
#include "threads/sync.h"

enum { MTX_RECURSIVE = 1, MTX_TIMED = 2 };

static int32_t c11(int32_t result) {
  return result < HDL_DEADLOCK ? result : HDL_ERROR;
}

/* 7.26.5 Threads */

HDL_LIBC int thrd_create(uint64_t *id, int32_t (*function)(void *),
                         void *argument) {
  struct hdl_strand_request request = {.start = HDL_START_C11,
                                       .function = (void *)function,
                                       .argument = argument,
                                       .place = HDL_ANYWHERE};
  return hdl_strand_create(hdl_self(), &request, id);
}
HDL_LIBC uint64_t thrd_current(void) { return hdl_self_id(hdl_self()); }
HDL_LIBC int thrd_equal(uint64_t a, uint64_t b) { return a == b; }
HDL_LIBC int thrd_detach(uint64_t id) {
  return c11(hdl_strand_detach(id, "thrd_detach"));
}
HDL_LIBC int thrd_join(uint64_t id, int32_t *result) {
  uint64_t value = 0;
  int32_t error =
      hdl_strand_join(hdl_self(), id, HDL_FOREVER, &value, "thrd_join");
  if (error == HDL_SUCCESS && result)
    *result = (int32_t)value;
  return c11(error);
}
HDL_LIBC _Noreturn void thrd_exit(int32_t result) {
  hdl_strand_exit(hdl_self(), (uint64_t)(int64_t)result,
                  "thrd_exit was called by a thread that thrd_create did not "
                  "make, or inside a parallel region");
}
HDL_LIBC void thrd_yield(void) {
  struct hdl_thread *t = hdl_self();
  hdl_context_begin(t);
  hdl_context_yield(t);
}

/* 0, or a negative number that is not -1: no signals here. */
HDL_LIBC int thrd_sleep(const struct hdl_timespec *span,
                        struct hdl_timespec *left) {
  if (span->tv_sec < 0 || span->tv_nsec < 0 || span->tv_nsec >= 1000000000)
    return -2;
  struct hdl_thread *t = hdl_self();
  hdl_context_begin(t);
  uint64_t seconds = (uint64_t)span->tv_sec;
  if (seconds > 9000000000)
    seconds = 9000000000; /* 285 years */
  uint64_t ns = seconds * 1000000000 + (uint64_t)span->tv_nsec;
  hdl_sleep_until(t, arch_clock_ns() + ns, "thrd_sleep");
  if (left)
    *left = (struct hdl_timespec){0, 0};
  return 0;
}

/* 7.26.4 Mutexes */

HDL_LIBC int mtx_init(struct hdl_mutex *m, int32_t type) {
  if (type & ~(MTX_RECURSIVE | MTX_TIMED))
    return HDL_ERROR;
  hdl_mutex_init(m,
                 type & MTX_RECURSIVE ? HDL_MUTEX_RECURSIVE : HDL_MUTEX_PLAIN);
  return HDL_SUCCESS;
}
HDL_INLINE_LIBC int mtx_lock(struct hdl_mutex *m) {
  return c11(hdl_mutex_lock_here(m, "mtx_lock"));
}
HDL_LIBC int mtx_timedlock(struct hdl_mutex *m, const struct hdl_timespec *at) {
  uint64_t deadline;
  if (!hdl_deadline(at, HDL_CLOCK_WALL, &deadline))
    return HDL_ERROR;
  return c11(hdl_mutex_lock(hdl_self(), m, deadline, "mtx_timedlock"));
}
HDL_LIBC int mtx_trylock(struct hdl_mutex *m) {
  return c11(hdl_mutex_trylock(hdl_self(), m, "mtx_trylock"));
}
HDL_INLINE_LIBC int mtx_unlock(struct hdl_mutex *m) {
  return c11(hdl_mutex_unlock_here(m, "mtx_unlock"));
}
HDL_LIBC void mtx_destroy(struct hdl_mutex *m) {
  hdl_mutex_destroy(m, "mtx_destroy");
}

/* 7.26.3 Condition variables */

HDL_LIBC int cnd_init(struct hdl_cond *c) {
  *c = (struct hdl_cond){0};
  return HDL_SUCCESS;
}
HDL_LIBC int cnd_signal(struct hdl_cond *c) {
  hdl_cond_wake(hdl_self(), c, 1);
  return HDL_SUCCESS;
}
HDL_LIBC int cnd_broadcast(struct hdl_cond *c) {
  hdl_cond_wake(hdl_self(), c, ~0u);
  return HDL_SUCCESS;
}
HDL_LIBC int cnd_wait(struct hdl_cond *c, struct hdl_mutex *m) {
  return c11(hdl_cond_wait(hdl_self(), c, m, HDL_FOREVER, "cnd_wait"));
}
HDL_LIBC int cnd_timedwait(struct hdl_cond *c, struct hdl_mutex *m,
                           const struct hdl_timespec *at) {
  uint64_t deadline;
  if (!hdl_deadline(at, HDL_CLOCK_WALL, &deadline))
    return HDL_ERROR;
  return c11(hdl_cond_wait(hdl_self(), c, m, deadline, "cnd_timedwait"));
}
HDL_LIBC void cnd_destroy(struct hdl_cond *c) {
  hdl_cond_destroy(c, "cnd_destroy");
}

/* 7.26.6 Thread-specific storage */

HDL_LIBC int tss_create(uint32_t *key, void (*destructor)(void *)) {
  return hdl_tss_create(key, destructor);
}
HDL_LIBC void tss_delete(uint32_t key) {
  if (!hdl_tss_delete(key))
    hdl_misuse("tss_delete", "there is no such key", NULL);
}
HDL_LIBC void *tss_get(uint32_t key) { return hdl_tss_get(hdl_self(), key); }
HDL_LIBC int tss_set(uint32_t key, void *value) {
  int32_t result = hdl_tss_set(hdl_self(), key, value);
  return result == HDL_SUCCESS ? HDL_SUCCESS : HDL_ERROR;
}

/* 7.26.2 Initialization */

HDL_LIBC void call_once(uint32_t *flag, void (*function)(void)) {
  hdl_once(flag, function, "call_once");
}
