/* mutex.c - mutual exclusion with direct hand-over (C17 7.26.4).
 *
 *   word             meaning
 *   0                free
 *   id               held by the thread of that id, nobody waits
 *   id | WAITERS     the list is not empty
 *   id | DEEP        held more than once: `depth` times more
 *   + GUARD          somebody changes list or depth, for some hundred cycles
 *   DESTROYED        until it is initialised again
 *
 *   M1  List and depth change under GUARD; whoever has it alone changes the
 *       word.
 *   M2  While the list is not empty the mutex is locked: unlock makes the first
 *       waiter its owner.  So waiters are served in the order they came to the
 *       list, and whoever comes when others wait waits behind them all.
 *   M3  Only the owner puts its id into the word or takes it out, or who grants
 *       it the mutex; another thread that compares cannot be deceived.
 *   M5  Before it goes to the list a thread looks at the word LOOKS times, if
 *       its warp has nothing else to run.  So those who come while nobody waits
 *       race, for some microseconds; then they are in the list, and M2 holds.
 * Pairing
 *   M4  unlock, release of word or X1 -> lock, acquire or X1: the new owner
 *       sees what the old one did.  Likewise under GUARD. */
#include "threads/sync.h"

/* Bits that no id has; see hdl_strand.id. */
#define GUARD     UINT64_C(0x80000000)
#define WAITERS   UINT64_C(0x40000000)
#define DEEP      UINT64_C(0x20000000)
#define FLAGS     (GUARD | WAITERS | DEEP)
#define DESTROYED (~FLAGS)

enum { LOOKS = 8 }; /* M5 */

void hdl_mutex_init(struct hdl_mutex *m, int32_t kind) {
  *m = (struct hdl_mutex){.kind = kind};
}

bool hdl_mutex_is_mine(struct hdl_thread *t, struct hdl_mutex *m) {
  return (arch_load_rlx_gpu(&m->word) & ~FLAGS) == hdl_self_id(t);
}

/* Take the lock for `id` if it is free, else the guard.  Returns what the word
 * was; 0: it is locked now.  `guess` is what it may be. */
static uint64_t lock_or_guard(struct hdl_mutex *m, uint64_t id,
                              uint64_t guess) {
  uint32_t ns = 32;
  for (;;) {
    guess &= ~GUARD;
    uint64_t want = guess ? guess | GUARD : id;
    uint64_t seen = arch_cas_acq_gpu(&m->word, guess, want); /* M4 */
    if (seen == guess)
      return seen;
    guess = seen;
    if (!(seen & GUARD))
      continue;
    arch_wait(ns, "the guard of a mutex", NULL);
    if (ns < 256)
      ns *= 2;
  }
}

/* Release the guard; the mutex stays locked, by `id`. */
static void unguard(struct hdl_mutex *m, uint64_t id) {
  uint64_t flags = (m->list.first ? WAITERS : 0) | (m->depth ? DEEP : 0);
  arch_store_rel_gpu(&m->word, (id & ~FLAGS) | flags); /* M4 */
}

/* `w`, which waits for nothing else, gets the mutex, now or in its turn. */
HDL_OUTLINE void hdl_mutex_grant(struct hdl_thread *t, struct hdl_mutex *m,
                                 struct hdl_waiter *w) {
  uint64_t old = lock_or_guard(m, w->owner, hdl_self_id(t));
  if (old) {
    hdl_list_append(&m->list, w);
    unguard(m, old);
  } else {
    hdl_wake(t, w);
  }
}

/* Whether `word` is that of a mutex that must not be used. */
static bool is_dead(uint64_t word, const char *what) {
  if (word != DESTROYED)
    return false;
  hdl_misuse(what, "the mutex has been destroyed", NULL);
  return true;
}

/* Make it held `more` times more; the caller holds it. */
void hdl_mutex_deepen(struct hdl_mutex *m, uint32_t more) {
  if (more == 0)
    return;
  uint64_t word = lock_or_guard(m, 0, arch_load_rlx_gpu(&m->word));
  m->depth += more;
  unguard(m, word);
}

/* What a thread gets that holds the mutex already. */
static int32_t relock(struct hdl_mutex *m) {
  if (m->kind != HDL_MUTEX_RECURSIVE)
    return HDL_DEADLOCK;
  hdl_mutex_deepen(m, 1);
  return HDL_SUCCESS;
}

/* Look for some microseconds, which are what waiting in the list costs, whether
 * the mutex becomes free while nobody waits for it (M5). */
static bool lock_soon(struct hdl_thread *t, struct hdl_mutex *m, uint64_t me,
                      const char *what) {
  if (!hdl_context_is_alone(t))
    return false;
  for (uint32_t i = 0; i < LOOKS; i++) {
    arch_wait(32, what, NULL);
    uint64_t seen = arch_load_rlx_gpu(&m->word);
    if (seen & WAITERS)
      return false;
    if (seen == 0 && arch_cas_acq_gpu(&m->word, seen, me) == seen) /* M4 */
      return true;
  }
  return false;
}

/* The same when the mutex was not free: its word is `seen`. */
HDL_OUTLINE static int32_t lock_slow(struct hdl_thread *t, struct hdl_mutex *m,
                                     uint64_t me, uint64_t seen,
                                     uint64_t deadline, const char *what) {
  if (is_dead(seen, what))
    return HDL_ERROR;
  if ((seen & ~FLAGS) == me) {
    int32_t again = relock(m);
    if (again == HDL_SUCCESS)
      return again;
    hdl_misuse(what, "the caller holds the mutex already", t->strand->name);
    if (m->kind == HDL_MUTEX_CHECKED || hdl_checking())
      return again;
  }
  if (!(seen & WAITERS) && lock_soon(t, m, me, what))
    return HDL_SUCCESS;
  uint64_t old = lock_or_guard(m, me, seen);
  if (!old)
    return HDL_SUCCESS;
  struct hdl_waiter *w = hdl_waiter_new(t);
  w->owner = me;
  hdl_list_append(&m->list, w);
  unguard(m, old);
  bool got = hdl_suspend(t, deadline, what);
  if (!got) {
    /* Locked, whether we are listed (M2) or just got it. */
    old = lock_or_guard(m, me, old);
    got = !w->listed;
    if (!got)
      hdl_list_remove(&m->list, w);
    unguard(m, old);
    if (got)
      hdl_suspend(t, HDL_FOREVER, what);
  }
  hdl_stack_pop(t, w);
  return got ? HDL_SUCCESS : HDL_TIMEDOUT;
}

/* HDL_DEADLOCK if the caller has it and it is not recursive: a plain one is
 * then waited for until `deadline`, as C11 lets it be. */
HDL_OUTLINE int32_t hdl_mutex_lock(struct hdl_thread *t, struct hdl_mutex *m,
                                   uint64_t deadline, const char *what) {
  uint64_t me = hdl_self_id(t);
  uint64_t seen = arch_cas_acq_gpu(&m->word, UINT64_C(0), me); /* M4 */
  return seen == 0 ? HDL_SUCCESS : lock_slow(t, m, me, seen, deadline, what);
}

/* What is not so frequent (sync.h): `seen` is what the word was, or 0 if the
 * caller has not looked. */
HDL_OUTLINE int32_t hdl_mutex_lock_seen(struct hdl_mutex *m, uint64_t seen,
                                        const char *what) {
  struct hdl_thread *t = hdl_self();
  return seen == 0 ? hdl_mutex_lock(t, m, HDL_FOREVER, what)
                   : lock_slow(t, m, hdl_self_id(t), seen, HDL_FOREVER, what);
}

HDL_OUTLINE int32_t hdl_mutex_trylock(struct hdl_thread *t, struct hdl_mutex *m,
                                      const char *what) {
  uint64_t me = hdl_self_id(t);
  uint64_t seen = arch_cas_acq_gpu(&m->word, UINT64_C(0), me); /* M4 */
  if (seen == 0)
    return HDL_SUCCESS;
  if (is_dead(seen, what))
    return HDL_ERROR;
  return (seen & ~FLAGS) == me && relock(m) == HDL_SUCCESS ? HDL_SUCCESS
                                                           : HDL_BUSY;
}

/* The guard is held, and is released: whoever waits first is the owner. */
static void pass_on(struct hdl_thread *t, struct hdl_mutex *m) {
  struct hdl_waiter *w = hdl_list_take(&m->list);
  if (!w) {
    arch_store_rel_gpu(&m->word, UINT64_C(0)); /* M4 */
    return;
  }
  unguard(m, w->owner);
  hdl_wake(t, w);
}

/* The caller, which holds the mutex, gives it up however often it has locked
 * it; returns how many times more than once that was. */
HDL_OUTLINE uint32_t hdl_mutex_give_up(struct hdl_thread *t,
                                       struct hdl_mutex *m) {
  uint64_t me = hdl_self_id(t);
  uint64_t seen = arch_cas_rel_gpu(&m->word, me, UINT64_C(0)); /* M4 */
  if (seen == me)
    return 0;
  lock_or_guard(m, me, seen);
  uint32_t depth = m->depth;
  m->depth = 0;
  pass_on(t, m);
  return depth;
}

/* Unlock what is not simply locked once, without waiters. */
HDL_OUTLINE static int32_t unlock_slow(struct hdl_thread *t,
                                       struct hdl_mutex *m, uint64_t me,
                                       uint64_t seen, const char *what) {
  if ((seen & ~FLAGS) != me) {
    hdl_misuse(what, "the caller does not hold the mutex", t->strand->name);
    return HDL_NOT_OWNER;
  }
  lock_or_guard(m, me, seen);
  if (m->depth > 0) {
    m->depth--;
    unguard(m, me);
  } else {
    pass_on(t, m);
  }
  return HDL_SUCCESS;
}

HDL_OUTLINE int32_t hdl_mutex_unlock(struct hdl_thread *t, struct hdl_mutex *m,
                                     const char *what) {
  uint64_t me = hdl_self_id(t);
  arch_progress();
  uint64_t seen = arch_cas_rel_gpu(&m->word, me, UINT64_C(0)); /* M4 */
  return seen == me ? HDL_SUCCESS : unlock_slow(t, m, me, seen, what);
}

/* As hdl_mutex_lock_seen. */
HDL_OUTLINE int32_t hdl_mutex_unlock_seen(struct hdl_mutex *m, uint64_t seen,
                                          const char *what) {
  struct hdl_thread *t = hdl_self();
  return seen == 0 ? hdl_mutex_unlock(t, m, what)
                   : unlock_slow(t, m, hdl_self_id(t), seen, what);
}

int32_t hdl_mutex_destroy(struct hdl_mutex *m, const char *what) {
  uint64_t seen = arch_cas_acq_gpu(&m->word, UINT64_C(0), DESTROYED);
  if (seen == 0 || is_dead(seen, what))
    return HDL_SUCCESS;
  hdl_misuse(what, "the mutex is held", NULL);
  return HDL_IN_USE;
}
