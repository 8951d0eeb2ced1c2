/* mutex.c - mutual exclusion with direct hand-over (C17 7.26.4).
 *
 *   word             meaning
 *   0                free
 *   LOCKED           held, nobody waits
 *   LOCKED|WAITERS   held, the list is not empty
 *   + GUARD          somebody changes the list, for some hundred cycles
 *
 *   M1  The list changes under GUARD; whoever has it alone changes the word.
 *   M2  While the list is not empty the mutex is locked: unlock makes the first
 *       waiter its owner.  So waiters are served in the order they came to the
 *       list, and whoever comes when others wait waits behind them all.
 *   M3  Only the owner writes `depth`, and `owner` after itself; another thread
 *       that compares `owner` with its own id cannot be deceived.
 * Pairing
 *   M4  unlock, release of word or X2 -> lock, acquire or X2: the new owner
 *       sees what the old one did. */
#include "threads/sync.h"

enum hdl_mutex_word { LOCKED = 1, WAITERS = 2, GUARD = 4 };

void hdl_mutex_init(struct hdl_mutex *m, int32_t kind) {
  *m = (struct hdl_mutex){.kind = kind};
}

static bool mine(struct hdl_thread *t, struct hdl_mutex *m) {
  return arch_load_rlx_gpu(&m->owner) == hdl_self_id(t);
}

static void own(struct hdl_mutex *m, uint64_t id) {
  m->depth = 1;
  arch_store_rlx_gpu(&m->owner, id);
}

/* Take the lock if it is free, else the guard.  True: it is locked now. */
static bool lock_or_guard(struct hdl_mutex *m) {
  uint32_t ns = 32;
  for (;;) {
    uint32_t old = arch_load_rlx_gpu(&m->word);
    uint32_t want = old & LOCKED ? old | GUARD : old | LOCKED;
    if (!(old & GUARD) &&
        arch_cas_acq_rel_gpu(&m->word, old, want) == old) /* M4 */
      return !(old & LOCKED);
    arch_wait(ns, "the guard of a mutex", NULL);
    if (ns < 256)
      ns *= 2;
  }
}

/* Release the guard; the mutex stays locked. */
static void unguard(struct hdl_mutex *m) {
  arch_store_rel_gpu(&m->word,
                     (uint32_t)(LOCKED | (m->list.first ? WAITERS : 0)));
}

/* `w`, which waits for nothing else, gets the mutex, now or in its turn. */
HDL_OUTLINE void hdl_mutex_grant(struct hdl_thread *t, struct hdl_mutex *m,
                                 struct hdl_waiter *w) {
  if (lock_or_guard(m)) {
    own(m, w->owner);
    hdl_wake(t, w);
  } else {
    hdl_list_append(&m->list, w);
    unguard(m);
  }
}

static bool is_dead(struct hdl_mutex *m, const char *what) {
  if (m->dead != HDL_DESTROYED)
    return false;
  hdl_misuse(what, "the mutex has been destroyed", NULL);
  return true;
}

/* What a thread gets that has the mutex already; HDL_BUSY: it has not. */
static int32_t relock(struct hdl_thread *t, struct hdl_mutex *m) {
  if (!mine(t, m))
    return HDL_BUSY;
  if (m->kind != HDL_MUTEX_RECURSIVE)
    return HDL_DEADLOCK;
  m->depth++;
  return HDL_SUCCESS;
}

/* HDL_DEADLOCK if the caller has it and it is not recursive: a plain one is
 * then waited for until `deadline`, as C11 lets it be. */
HDL_OUTLINE int32_t hdl_mutex_lock(struct hdl_thread *t, struct hdl_mutex *m,
                                   uint64_t deadline, const char *what) {
  uint64_t me = hdl_self_id(t);
  if (arch_cas_acq_gpu(&m->word, 0u, (uint32_t)LOCKED) == 0) { /* M4 */
    own(m, me);
    return HDL_SUCCESS;
  }
  if (is_dead(m, what))
    return HDL_ERROR;
  int32_t again = relock(t, m);
  if (again == HDL_SUCCESS)
    return again;
  if (again == HDL_DEADLOCK) {
    hdl_misuse(what, "the caller holds the mutex already", t->strand->name);
    if (m->kind == HDL_MUTEX_CHECKED || hdl_checking())
      return again;
  }
  if (lock_or_guard(m)) {
    own(m, me);
    return HDL_SUCCESS;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  w->owner = me;
  hdl_list_append(&m->list, w);
  unguard(m);
  bool got = hdl_suspend(t, w, deadline, what);
  if (!got) {
    lock_or_guard(m); /* locked, whether we are listed (M2) or just got it */
    got = !w->listed;
    if (!got)
      hdl_list_remove(&m->list, w);
    unguard(m);
    if (got)
      hdl_suspend(t, w, HDL_FOREVER, what);
  }
  hdl_stack_pop(t, w);
  return got ? HDL_SUCCESS : HDL_TIMEDOUT;
}

HDL_OUTLINE int32_t hdl_mutex_trylock(struct hdl_thread *t, struct hdl_mutex *m,
                                      const char *what) {
  if (is_dead(m, what))
    return HDL_ERROR;
  if (arch_cas_acq_gpu(&m->word, 0u, (uint32_t)LOCKED) == 0) { /* M4 */
    own(m, hdl_self_id(t));
    return HDL_SUCCESS;
  }
  return relock(t, m) == HDL_SUCCESS ? HDL_SUCCESS : HDL_BUSY;
}

HDL_OUTLINE int32_t hdl_mutex_unlock(struct hdl_thread *t, struct hdl_mutex *m,
                                     const char *what) {
  if (!mine(t, m)) {
    hdl_misuse(what, "the caller does not hold the mutex", t->strand->name);
    return HDL_NOT_OWNER;
  }
  if (--m->depth > 0)
    return HDL_SUCCESS;
  arch_store_rlx_gpu(&m->owner, (uint64_t)0);
  arch_progress();
  if (arch_cas_rel_gpu(&m->word, LOCKED, 0) == LOCKED) /* M4 */
    return HDL_SUCCESS;
  lock_or_guard(m); /* it is locked, by us */
  struct hdl_waiter *w = hdl_list_take(&m->list);
  if (!w) {
    arch_store_rel_gpu(&m->word, (uint32_t)0); /* M4 */
    return HDL_SUCCESS;
  }
  own(m, w->owner);
  unguard(m);
  hdl_wake(t, w);
  return HDL_SUCCESS;
}

int32_t hdl_mutex_destroy(struct hdl_mutex *m, const char *what) {
  if (arch_load_rlx_gpu(&m->word) != 0) {
    hdl_misuse(what, "the mutex is held", NULL);
    return HDL_IN_USE;
  }
  m->dead = HDL_DESTROYED;
  return HDL_SUCCESS;
}
