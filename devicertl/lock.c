/* lock.c - OpenMP locks (OpenMP 5.2, 18.9) and the ticket lock beneath them and
 * beneath `critical`.
 *
 * A ticket lock: `next` counts who came, `serving` who may go.  Waiters are
 * served in the order they came, so none starves.
 *
 *   L1  unlock, releasing addition to serving -> lock, acquiring addition, or
 *       relaxed polls and one acquire fence: the new holder sees what the old
 *       one did.  (Polling with acquire would empty the L1 of everybody on the SM
 *       at each look.)
 *   L2  The runtime's own locks are held for some hundred cycles, in which the
 *       holder neither waits nor switches to another context of its warp; so
 *       those who want one just look again (hdl_lock).  They may be taken where
 *       nobody can switch, as in the warp's scheduler.  What the program locks
 *       can be held by another context of the same warp (hdl_lock_long). */
#include "league.h"
#include "pool.h"

#define ONE_MORE (UINT64_C(1) << 32) /* of hdl_ticket_lock.both, in `next` */

/* Wait until `mine` is served; others of the warp may run meanwhile if
 * `switches` (L2).  Apart, so that a free lock costs little. */
HDL_OUTLINE static void await_turn(const struct hdl_ticket_lock *l,
                                   uint32_t mine, bool switches,
                                   const char *what, const char *where) {
  struct hdl_backoff pause = {0};
  uint32_t now;
  while ((now = arch_load_rlx_gpu(&l->serving)) != mine) {
    /* The further back, the longer there is nothing to see. */
    uint32_t longest = mine - now > 8 ? 1000 : 100;
    if (switches)
      hdl_backoff(&pause, longest, what, where);
    else
      arch_wait(longest, what, where);
  }
  arch_fence_acq_rel_gpu(); /* L1 */
}

static inline void lock(struct hdl_ticket_lock *l, bool switches,
                        const char *what, const char *where) {
  uint64_t both = arch_add_acq_gpu(&l->both, ONE_MORE); /* L1 */
  uint32_t mine = (uint32_t)(both >> 32);
  if ((uint32_t)both != mine)
    await_turn(l, mine, switches, what, where);
  arch_progress();
}

HDL_OUTLINE void hdl_lock(struct hdl_ticket_lock *l, const char *what) {
  lock(l, false, what, NULL);
}

HDL_OUTLINE void hdl_lock_long(struct hdl_ticket_lock *l, const char *what,
                               const char *where) {
  lock(l, true, what, where);
}

bool hdl_trylock(struct hdl_ticket_lock *l) {
  uint64_t both = arch_load_rlx_gpu(&l->both);
  if ((uint32_t)(both >> 32) != (uint32_t)both ||
      arch_cas_acq_gpu(&l->both, both, both + ONE_MORE) != both) /* L1 */
    return false;
  return true;
}

/* Unlock, having done nothing that anyone waits for. */
void hdl_unlock_quietly(struct hdl_ticket_lock *l) {
  arch_add_rel_gpu(&l->serving, 1); /* L1 */
}

static inline void unlock(struct hdl_ticket_lock *l) {
  hdl_unlock_quietly(l);
  arch_progress();
}

void hdl_unlock(struct hdl_ticket_lock *l) { unlock(l); }

/* omp_lock_t has the size of a pointer: exactly a ticket lock. */
_Static_assert(sizeof(struct hdl_ticket_lock) == sizeof(void *), "omp_lock_t");

HDL_API void omp_init_lock(struct hdl_ticket_lock *l) {
  arch_store_rel_gpu(&l->both, (uint64_t)0);
}
HDL_API void omp_init_lock_with_hint(struct hdl_ticket_lock *l, int hint) {
  (void)hint; /* hints may be ignored (18.9.2) */
  omp_init_lock(l);
}
HDL_API void omp_destroy_lock(struct hdl_ticket_lock *l) { (void)l; }
HDL_INLINE_API void omp_set_lock(struct hdl_ticket_lock *l) {
  lock(l, true, "omp_set_lock", NULL);
}
HDL_INLINE_API void omp_unset_lock(struct hdl_ticket_lock *l) { unlock(l); }
HDL_API int omp_test_lock(struct hdl_ticket_lock *l) { return hdl_trylock(l); }

/* A nestable lock belongs to a task.  omp_nest_lock_t points to this. */
struct nest_lock {
  struct hdl_ticket_lock lock;
  uint64_t owner; /* struct hdl_task *, 0 if free; atomic */
  uint64_t depth; /* owner only */
  uint8_t pool_class;
  uint32_t home;
};

static uint64_t me(void) { return (uint64_t)(uintptr_t)hdl_self()->task; }

/* Others may store to `owner` while we look, but never our own task. */
static bool mine(struct nest_lock *l) {
  return arch_load_rlx_gpu(&l->owner) == me();
}

HDL_API void omp_init_nest_lock(struct nest_lock **handle) {
  struct hdl_thread *t = hdl_self();
  uint8_t pool_class;
  struct nest_lock *l = hdl_pool_get(t, sizeof *l, &pool_class);
  *l = (struct nest_lock){.pool_class = pool_class, .home = t->id};
  *handle = l;
}
HDL_API void omp_init_nest_lock_with_hint(struct nest_lock **handle, int hint) {
  (void)hint;
  omp_init_nest_lock(handle);
}
HDL_API void omp_destroy_nest_lock(struct nest_lock **handle) {
  hdl_pool_put(hdl_self(), *handle, (*handle)->pool_class, (*handle)->home);
  *handle = NULL;
}
HDL_API void omp_set_nest_lock(struct nest_lock **handle) {
  struct nest_lock *l = *handle;
  if (!mine(l)) {
    hdl_lock_long(&l->lock, "omp_set_nest_lock", NULL);
    arch_store_rlx_gpu(&l->owner, me());
  }
  l->depth++;
}
HDL_API void omp_unset_nest_lock(struct nest_lock **handle) {
  struct nest_lock *l = *handle;
  if (!mine(l))
    hdl_fault(HDL_FAULT_MISUSE,
              "omp_unset_nest_lock was called by a task that does not own the "
              "lock",
              NULL, 0, 0);
  if (--l->depth == 0) {
    arch_store_rlx_gpu(&l->owner, (uint64_t)0);
    hdl_unlock(&l->lock);
  }
}
HDL_API int omp_test_nest_lock(struct nest_lock **handle) {
  struct nest_lock *l = *handle;
  if (!mine(l)) {
    if (!hdl_trylock(&l->lock))
      return 0;
    arch_store_rlx_gpu(&l->owner, me());
  }
  return (int)++l->depth;
}

/* `critical` (OpenMP 5.2, 15.2).  The name is 32 bytes of zeroes that all
 * units of the program share; the lock uses the first eight. */
HDL_INLINE_API void __kmpc_critical(const struct ident *loc, int32_t gtid,
                                    struct hdl_ticket_lock *name) {
  (void)gtid;
  lock(name, true, "critical", ident_where(loc));
}
HDL_API void __kmpc_critical_with_hint(const struct ident *loc, int32_t gtid,
                                       struct hdl_ticket_lock *name,
                                       int32_t hint) {
  (void)hint;
  __kmpc_critical(loc, gtid, name);
}
HDL_INLINE_API void __kmpc_end_critical(const struct ident *loc, int32_t gtid,
                                        struct hdl_ticket_lock *name) {
  (void)loc, (void)gtid;
  unlock(name);
}

/* Around critical the compiler loops over the threads of a block, one turn for
 * each, and then lets those of a warp meet (abi.md 3.7).  Our threads need not:
 * each has a program counter of its own, and waits in the lock.  In a grid team
 * a thread is alone in its loop, which has one turn. */
HDL_API uint64_t __kmpc_warp_active_thread_mask(void) { return 1; }
HDL_API void __kmpc_syncwarp(uint64_t mask) { (void)mask; }
HDL_API uint32_t __kmpc_get_hardware_thread_id_in_block(void) {
  return hdl_in_league() ? arch_tid() : 0;
}
HDL_API uint32_t __kmpc_get_hardware_num_threads_in_block(void) {
  return hdl_in_league() ? arch_ntid() : 1;
}
HDL_API uint32_t __kmpc_get_warp_size(void) { return 1; }
