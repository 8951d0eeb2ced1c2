/* sync.h - the blocking objects.  C11, POSIX and <heddle.h> names call these;
 * their types are glibc's by size, and all zeroes is a good initial value. */
#ifndef HDL_SYNC_H
#define HDL_SYNC_H

#include "threads/strand.h"

struct hdl_timespec {
  int64_t tv_sec, tv_nsec;
};
/* Clocks by Linux's numbers. */
enum { HDL_CLOCK_WALL = 0, HDL_CLOCK_STEADY = 1 };

/* once.c, time */
bool hdl_deadline(const struct hdl_timespec *at, int32_t clock, uint64_t *ns);
void hdl_once(uint32_t *flag, void (*function)(void), const char *what);
void hdl_sleep_until(struct hdl_thread *t, uint64_t deadline, const char *what);

/* mutex.c */
enum hdl_mutex_kind { /* at glibc's place, by its numbers */
                      HDL_MUTEX_PLAIN = 0,
                      HDL_MUTEX_RECURSIVE = 1,
                      HDL_MUTEX_CHECKED = 2,
};
struct hdl_mutex {
  uint64_t word;  /* id of the strand that holds it, and flags; atomic */
  uint32_t depth; /* how many times more than once it is held */
  uint32_t reserved;
  int32_t kind;
  struct hdl_list list;
};
_Static_assert(sizeof(struct hdl_mutex) == 40, "mtx_t, pthread_mutex_t");
_Static_assert(offsetof(struct hdl_mutex, kind) == 16, "glibc's __kind");

void hdl_mutex_init(struct hdl_mutex *m, int32_t kind);
int32_t hdl_mutex_lock(struct hdl_thread *t, struct hdl_mutex *m,
                       uint64_t deadline, const char *what);
int32_t hdl_mutex_trylock(struct hdl_thread *t, struct hdl_mutex *m,
                          const char *what);
int32_t hdl_mutex_unlock(struct hdl_thread *t, struct hdl_mutex *m,
                         const char *what);
int32_t hdl_mutex_lock_seen(struct hdl_mutex *m, uint64_t seen,
                            const char *what);
int32_t hdl_mutex_unlock_seen(struct hdl_mutex *m, uint64_t seen,
                              const char *what);
bool hdl_mutex_is_mine(struct hdl_thread *t, struct hdl_mutex *m);
void hdl_mutex_deepen(struct hdl_mutex *m, uint32_t more);
uint32_t hdl_mutex_give_up(struct hdl_thread *t, struct hdl_mutex *m);
int32_t hdl_mutex_destroy(struct hdl_mutex *m, const char *what);
void hdl_mutex_grant(struct hdl_thread *t, struct hdl_mutex *m,
                     struct hdl_waiter *w);

/* What is frequent, to become part of the program: the caller is a warp, the mutex
 * is free, or nobody waits for it.  The pairing is M4 in mutex.c. */
static inline int32_t hdl_mutex_lock_here(struct hdl_mutex *m,
                                          const char *what) {
  uint64_t seen = 0;
  if (hdl_is_whole_here()) {
    const struct hdl_thread *t = hdl_warp_thread();
    if (t->strand &&
        (seen = arch_cas_acq_gpu(&m->word, UINT64_C(0), t->self)) == 0)
      return HDL_SUCCESS;
  }
  return hdl_mutex_lock_seen(m, seen, what);
}
static inline int32_t hdl_mutex_unlock_here(struct hdl_mutex *m,
                                            const char *what) {
  uint64_t seen = 0;
  if (hdl_is_whole_here()) {
    const struct hdl_thread *t = hdl_warp_thread();
    uint64_t me = t->self;
    arch_progress();
    if (t->strand && (seen = arch_cas_rel_gpu(&m->word, me, UINT64_C(0))) == me)
      return HDL_SUCCESS;
  }
  return hdl_mutex_unlock_seen(m, seen, what);
}

/* cond.c */
struct hdl_cond {
  uint32_t guard;
  uint32_t clock; /* as POSIX's attribute says */
  struct hdl_list list;
  uint64_t reserved[3];
};
_Static_assert(sizeof(struct hdl_cond) == 48, "cnd_t, pthread_cond_t");
void hdl_cond_wake(struct hdl_thread *t, struct hdl_cond *c, uint32_t count);
int32_t hdl_cond_wait(struct hdl_thread *t, struct hdl_cond *c,
                      struct hdl_mutex *m, uint64_t deadline, const char *what);
int32_t hdl_cond_destroy(struct hdl_cond *c, const char *what);

/* rwlock.c */
struct hdl_rwlock {
  uint32_t guard;
  uint32_t readers; /* that hold it */
  uint64_t writer;  /* id of the strand that does, or 0 */
  struct hdl_list list;
  uint64_t reserved[3];
};
_Static_assert(sizeof(struct hdl_rwlock) == 56, "pthread_rwlock_t");
int32_t hdl_rwlock_lock(struct hdl_thread *t, struct hdl_rwlock *l, bool write,
                        uint64_t deadline, const char *what);
int32_t hdl_rwlock_unlock(struct hdl_thread *t, struct hdl_rwlock *l,
                          const char *what);
bool hdl_rwlock_free(struct hdl_rwlock *l);

/* barrier.c */
struct hdl_meeting {
  uint32_t guard;
  uint32_t size;    /* who have to come */
  uint32_t arrived; /* of this round */
  uint32_t valid;
  struct hdl_list list;
};
_Static_assert(sizeof(struct hdl_meeting) == 32, "pthread_barrier_t");
bool hdl_meeting_wait(struct hdl_thread *t, struct hdl_meeting *b,
                      const char *what);

/* tss.c */
int32_t hdl_tss_create(uint32_t *key, void (*destructor)(void *));
bool hdl_tss_delete(uint32_t key);
void *hdl_tss_get(struct hdl_thread *t, uint32_t key);
int32_t hdl_tss_set(struct hdl_thread *t, uint32_t key, void *value);

#endif /* HDL_SYNC_H */
