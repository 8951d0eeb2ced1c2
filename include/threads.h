/* threads.h - C17 7.26 on both sides of a program.
 *
 * The declarations are the system's own, so host and device agree on every
 * type; Heddle's device runtime defines the functions for the device.  It
 * expects the sizes and numbers that glibc and musl have on 64-bit machines,
 * which is checked here.  Where the system has no such header, this one declares
 * the same for the device. */
#ifndef HEDDLE_THREADS_H
#define HEDDLE_THREADS_H

#if __has_include_next(<threads.h>)
#include_next <threads.h>
#else

#include <time.h>

#ifndef __cplusplus
#define thread_local _Thread_local
#endif
#define ONCE_FLAG_INIT      {0}
#define TSS_DTOR_ITERATIONS 4

typedef unsigned long thrd_t;
typedef unsigned int tss_t;
typedef int (*thrd_start_t)(void *);
typedef void (*tss_dtor_t)(void *);
typedef struct {
  int heddle_state;
} once_flag;
typedef union {
  char heddle_bytes[40];
  long heddle_align;
} mtx_t;
typedef union {
  char heddle_bytes[48];
  long long heddle_align;
} cnd_t;
enum {
  thrd_success = 0,
  thrd_busy = 1,
  thrd_error = 2,
  thrd_nomem = 3,
  thrd_timedout = 4
};
enum { mtx_plain = 0, mtx_recursive = 1, mtx_timed = 2 };

#ifdef __cplusplus
extern "C" {
#endif
int thrd_create(thrd_t *thr, thrd_start_t func, void *arg);
thrd_t thrd_current(void);
int thrd_detach(thrd_t thr);
int thrd_equal(thrd_t thr0, thrd_t thr1);
_Noreturn void thrd_exit(int res);
int thrd_join(thrd_t thr, int *res);
int thrd_sleep(const struct timespec *duration, struct timespec *remaining);
void thrd_yield(void);
void mtx_destroy(mtx_t *mtx);
int mtx_init(mtx_t *mtx, int type);
int mtx_lock(mtx_t *mtx);
int mtx_timedlock(mtx_t *mtx, const struct timespec *ts);
int mtx_trylock(mtx_t *mtx);
int mtx_unlock(mtx_t *mtx);
int cnd_broadcast(cnd_t *cond);
void cnd_destroy(cnd_t *cond);
int cnd_init(cnd_t *cond);
int cnd_signal(cnd_t *cond);
int cnd_timedwait(cnd_t *cond, mtx_t *mtx, const struct timespec *ts);
int cnd_wait(cnd_t *cond, mtx_t *mtx);
int tss_create(tss_t *key, tss_dtor_t dtor);
void tss_delete(tss_t key);
void *tss_get(tss_t key);
int tss_set(tss_t key, void *val);
void call_once(once_flag *flag, void (*func)(void));
#ifdef __cplusplus
}
#endif
#endif

#ifdef __NVPTX__
#ifdef __cplusplus
#define HEDDLE_ASSERT static_assert
#else
#define HEDDLE_ASSERT _Static_assert
#endif
HEDDLE_ASSERT(sizeof(thrd_t) == 8 && sizeof(tss_t) == 4, "threads.h");
HEDDLE_ASSERT(sizeof(mtx_t) >= 40 && sizeof(cnd_t) >= 48, "threads.h");
HEDDLE_ASSERT(sizeof(once_flag) == 4, "threads.h");
HEDDLE_ASSERT(thrd_success == 0 && thrd_busy == 1 && thrd_error == 2 &&
                  thrd_nomem == 3 && thrd_timedout == 4,
              "threads.h");
HEDDLE_ASSERT(mtx_plain == 0 && mtx_recursive == 1 && mtx_timed == 2,
              "threads.h");
#undef HEDDLE_ASSERT
#endif

#endif /* HEDDLE_THREADS_H */
