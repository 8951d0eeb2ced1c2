/* deque.h - where the ready tasks of one thread are.
 *
 * Two parts.  The private part is a stack in shared memory that only the owner
 * touches: pushing and popping there costs no fence and no atomic.  The public
 * part is a bounded ring in device memory from which any thread may steal.
 * Tasks move from the bottom of the private part to the top of the public one
 * when the owner sees that thieves have emptied the latter (task.c decides
 * when): one release for each move, not for each task.
 *
 *      oldest                                                   youngest
 *      top ....... public ....... bottom | 0 ...... private ...... count
 *       ^ thieves                                          owner ^
 *
 * The height of the stack, bottom + count, does not change when tasks move or
 * are stolen: a task that began at height h has pushed everything above h.
 *
 * Invariants of the public part
 *   D1  top <= bottom <= top + HDL_RING (as differences: both wrap), except
 *       that inside deque_take bottom may be top - 1.
 *   D2  top only grows, and only by a successful compare-and-swap.
 *   D3  slot[i % HDL_RING] is rewritten only once top > i, so a thief that read
 *       it too late loses its compare-and-swap.
 *   D4  t->lent is 0 only while the public part is empty, and then the owner has
 *       acquired the last swap of top.
 *   D5  t->top <= top: the owner has acquired the swap that made it so.
 * Pairings
 *   P1  publish, release of bottom -> steal, load of bottom and fence: the thief
 *       sees the slot and the task.
 *   P2  take, fence <-> steal, fence: the owner sees the thief's top or the
 *       thief the owner's bottom, or both; else both could take the last one.
 *   P3  steal, swap of top -> publish, acquire of top: the slot has been read
 *       before it is written again (D3).  Where D5 says so the owner does not
 *       look.
 *
 * Source of the public part: Le, Pop, Cohen and Zappa Nardelli, "Correct and
 * efficient work-stealing for weak memory models", PPoPP 2013, with a bound;
 * of the split: van Dijk and van de Pol, "Lace: non-blocking split deque for
 * work-stealing", Euro-Par 2014. */
#ifndef HDL_DEQUE_H
#define HDL_DEQUE_H

#include "runtime.h"

static inline uint32_t deque_height(const struct hdl_thread *t) {
  return t->bottom + t->count;
}

/* True if thieves have left nothing.  Owner only; a stale answer is harmless:
 * tasks are then made public one step late. */
static inline bool deque_is_dry(struct hdl_thread *t) {
  return !t->lent || arch_load_rlx_dev(&t->worker->deque.top) == t->bottom;
}

/* Make the `n` oldest private tasks public, as many as have room.  Owner. */
static HDL_OUTLINE void deque_publish(struct hdl_thread *t, uint32_t n) {
  struct hdl_deque *d = &t->worker->deque;
  uint32_t room = HDL_RING - (t->bottom - t->top);
  if (n > room) { /* as far as we know */
    t->top = arch_load_rlx_dev(&d->top);
    arch_fence_acq_rel_gpu(); /* P3 */
    room = HDL_RING - (t->bottom - t->top);
    if (n > room)
      n = room;
    if (n == 0)
      return;
  }
  if (t->team == &t->grid->initial)
    hdl_team_open_initial(t);
  for (uint32_t i = 0; i < n; i++) {
    struct hdl_task *task = t->stack[i];
    hdl_task_publish(task);
    arch_store_rlx_dev(&d->slot[(t->bottom + i) % HDL_RING],
                       (uint64_t)(uintptr_t)task);
  }
  for (uint32_t i = n; i < t->count; i++)
    t->stack[i - n] = t->stack[i];
  t->count -= n;
  t->bottom += n;
  t->lent = 1;
  arch_store_rel_dev(&d->bottom, t->bottom); /* P1 */
  hdl_team_hint(t);
}

/* The youngest public task, or NULL.  Owner, when the private part is empty. */
static HDL_OUTLINE struct hdl_task *deque_take(struct hdl_thread *t) {
  struct hdl_deque *d = &t->worker->deque;
  if (!t->lent)
    return NULL;
  if (deque_is_dry(t)) {      /* and stays so until we publish */
    arch_fence_acq_rel_gpu(); /* B3 in barrier.c */
    t->lent = 0;              /* D4 */
    return NULL;
  }
  uint32_t b = t->bottom - 1;
  arch_store_rlx_dev(&d->bottom, b); /* claims slot b unless it is the last */
  arch_fence_sc_gpu();               /* P2 */
  uint32_t top = arch_load_rlx_dev(&d->top);
  struct hdl_task *task = NULL;
  if ((int32_t)(b - top) >= 0) {
    task =
        (struct hdl_task *)(uintptr_t)arch_load_rlx_dev(&d->slot[b % HDL_RING]);
    if (b != top) {
      t->bottom = b;
      return task; /* two or more were left: no thief can reach b (P2) */
    }
    if (arch_cas_acq_rel_dev(&d->top, top, top + 1) != top)
      task = NULL; /* the last one, and a thief won it */
  }
  /* Empty: top is b + 1 now, whoever moved it.  Restore D1. */
  arch_store_rlx_dev(&d->bottom, t->bottom);
  return task;
}

/* The oldest public task of `victim`, or NULL when there is none or another
 * thread won the race for it.  Any thread but the owner. */
static inline struct hdl_task *deque_steal(struct hdl_worker *victim) {
  struct hdl_deque *d = &victim->deque;
  uint32_t top = arch_load_rlx_dev(&d->top);
  arch_fence_sc_gpu(); /* P2 */
  uint32_t b = arch_load_rlx_dev(&d->bottom);
  if ((int32_t)(b - top) <= 0)
    return NULL;
  arch_fence_acq_rel_gpu(); /* P1 */
  uint64_t task = arch_load_rlx_dev(&d->slot[top % HDL_RING]);
  if (arch_cas_acq_rel_dev(&d->top, top, top + 1) != top) /* P3 */
    return NULL;
  return (struct hdl_task *)(uintptr_t)task;
}

#endif /* HDL_DEQUE_H */
