/* deque.h - where the ready tasks of one thread are.
 *
 * Two parts.  The private part is a stack in shared memory that only the owner
 * touches: pushing and popping there costs no fence and no atomic.  The public
 * part is a bounded ring in device memory from which any thread may steal.
 * Tasks move from the bottom of the private part to that of the public one when the
 * owner sees that this is empty (task.c decides when): one release for each move,
 * not for each task.  Where many move, thieves take them by bundles: of a thousand
 * threads that swap one word one succeeds at each trip to the L2.
 *
 *      oldest                                                   youngest
 *      top ....... public ....... bottom | 0 ...... private ...... count
 *       ^ thieves                                          owner ^
 *
 * The height of the stack, bottom + count, does not change when tasks move or
 * are stolen: a task that began at height h has pushed everything above h.
 *
 * Invariants of the public part
 *   D1  `ends` says both of its ends, bottom << 32 | top, and changes as a whole:
 *       top <= bottom <= top + HDL_RING (as differences: both wrap).
 *   D2  top only grows, and only by a successful compare-and-swap of `ends`; so
 *       does it when the owner takes the last task.  So if a thread sees the same
 *       `ends` twice, the same task has been at the top all the time.  Only the
 *       owner changes bottom.  (Between its regions a league begins anew.)
 *   D3  The slot at the top is rewritten only once top has moved, so a thief that
 *       read it too late loses its compare-and-swap.  (Thieves read no other slot,
 *       and the owner rewrites another one only when it has taken it back.)
 *   D4  t->lent is 0 only while the public part is empty, and then the owner has
 *       acquired the last swap of a thief.
 *   D5  t->top <= top: the owner has acquired the swap that made it so, or it was
 *       its own.
 *   D6  Some tasks that are made public together and all lie above the mark are a
 *       bundle, which is taken as a whole: the slot of its oldest says so, which a
 *       thief reads, and that of its youngest, which the owner reads; what the
 *       slots between hold nobody asks.  No mark is ever within one, so that all
 *       of one that comes back may be run where its youngest may.  In a small team
 *       there are none: what a thief holds and does not run, others of a crowd
 *       take, but a parent that waits cannot.
 * Pairings
 *   P1  publish, release of `ends` -> steal, acquiring load of them: the thief sees
 *       slot and task.  (A fence would take until the SM's stores are through,
 *       microseconds, in which others change the ends.)
 *   P3  steal, releasing swap -> publish, load of `ends` and fence: the slot has
 *       been read before it is written again (D3).  Where D5 says so the owner
 *       does not look.
 * Owner and thieves change one word, so that who takes the last task needs no
 * fence, either.
 *
 * Source of the split: van Dijk and van de Pol, "Lace: non-blocking split deque
 * for work-stealing", Euro-Par 2014. */
#ifndef HDL_DEQUE_H
#define HDL_DEQUE_H

#include "runtime.h"

/* What t->lent says of the public part. */
enum {
  HDL_LENT = 1,         /* it may have tasks, */
  HDL_LENT_BUNDLES = 2, /* and some of them may be in bundles */
};

static inline uint32_t deque_height(const struct hdl_thread *t) {
  return t->bottom + t->count;
}

/* What a slot holds: a task, and how many more follow it, linked by `next`. */
static inline uint64_t deque_slot(struct hdl_task *task, uint32_t more) {
  return (uint64_t)(uintptr_t)task | more;
}
static inline struct hdl_task *deque_task(uint64_t slot) {
  return (struct hdl_task *)(uintptr_t)(slot & ~(uint64_t)(HDL_BUNDLE - 1));
}
static inline uint32_t deque_more(uint64_t slot) {
  return (uint32_t)slot & (HDL_BUNDLE - 1);
}

/* The ends of the public part.  Owner only; a stale answer is harmless: tasks are
 * then made public one step late. */
static inline uint64_t deque_look(struct hdl_thread *t) {
  return t->lent ? arch_load_rlx_dev(&t->worker->deque.ends)
                 : hdl_ends(t->bottom, t->bottom);
}
/* True if thieves have left nothing. */
static inline bool deque_is_dry(struct hdl_thread *t) {
  return !hdl_ends_apart(deque_look(t));
}

/* Make the `n` oldest private tasks public, as many as have room.  Owner. */
static HDL_OUTLINE void deque_publish(struct hdl_thread *t, uint32_t n) {
  struct hdl_deque *d = &t->worker->deque;
  uint32_t room = HDL_RING - (t->bottom - t->top);
  if (n > room) { /* as far as we know */
    t->top = (uint32_t)arch_load_rlx_dev(&d->ends);
    arch_fence_acq_rel_gpu(); /* P3 */
    room = HDL_RING - (t->bottom - t->top);
    if (n > room)
      n = room;
    if (n == 0)
      return;
  }
  if (t->team == &t->grid->initial)
    hdl_team_open_initial(t);
  for (uint32_t i = 0, last; i < n; i = last + 1) {
    last = i;
    if (n - i >= HDL_BUNDLE && t->crowd >= HDL_CROWD &&
        (int32_t)(t->bottom + i - t->mark) >= 0)
      last += HDL_BUNDLE - 1;
    uint64_t slot = deque_slot(t->stack[i], last - i);
    hdl_task_publish(t->stack[i]);
    arch_store_rlx_dev(&d->slot[(t->bottom + i) % HDL_RING], slot);
    if (last == i)
      continue;
    t->lent = HDL_LENT_BUNDLES; /* D6 */
    arch_store_rlx_dev(&d->slot[(t->bottom + last) % HDL_RING], slot);
    for (uint32_t k = i; k < last; k++) {
      t->stack[k]->next = t->stack[k + 1];
      hdl_task_publish(t->stack[k + 1]);
    }
  }
  for (uint32_t i = n; i < t->count; i++)
    t->stack[i - n] = t->stack[i];
  t->count -= n;
  t->bottom += n;
  if (!t->lent)
    t->lent = HDL_LENT;
  arch_add_rel_dev(&d->ends, hdl_ends(n, 0)); /* P1 */
  hdl_team_hint(t);
}

/* The youngest public task, or NULL; the rest of its bundle becomes private.  Owner,
 * when the private part is empty. */
static HDL_OUTLINE struct hdl_task *deque_take(struct hdl_thread *t) {
  struct hdl_deque *d = &t->worker->deque;
  if (!t->lent)
    return NULL;
  /* As they are if no thief has been here since we last looked. */
  uint64_t first = hdl_ends(t->bottom, t->top), ends = first;
  while (hdl_ends_apart(ends)) {
    uint64_t *slot = &d->slot[(t->bottom - 1) % HDL_RING];
    uint32_t more = t->lent == HDL_LENT_BUNDLES ? deque_more(*slot) : 0;
    uint32_t top = (uint32_t)ends, bottom = t->bottom - 1 - more;
    bool last = bottom == top;
    uint64_t next =
        last ? hdl_ends(t->bottom, t->bottom) : hdl_ends(bottom, top);
    uint64_t seen = arch_cas_rlx_dev(&d->ends, ends, next);
    if (seen == ends) {
      if (!last) {
        t->bottom = bottom;
      } else {
        t->shown += 1 + more; /* that was no thief */
        if (ends == first)
          t->top = t->bottom; /* D5 */
      }
      struct hdl_task *task = deque_task(*slot);
      hdl_task_take_back(task);
      for (; more > 0; more--) {
        t->stack[t->count++] = task;
        task = task->next;
        hdl_task_take_back(task);
      }
      return task;
    }
    ends = seen;
  }
  if (ends != first)
    arch_fence_acq_rel_gpu(); /* B3 in barrier.c */
  t->lent = 0;                /* D4; and stays so until we publish */
  t->top = t->bottom;         /* D5 */
  return NULL;
}

/* The oldest slot of `victim`, or 0 when there is none or other threads won the
 * race for it.  Any thread but the owner. */
static inline uint64_t deque_steal(struct hdl_worker *victim) {
  struct hdl_deque *d = &victim->deque;
  for (uint32_t tries = 0; tries < 2; tries++) {
    uint64_t ends = arch_load_acq_dev(&d->ends); /* P1 */
    if (!hdl_ends_apart(ends))
      return 0;
    uint32_t top = (uint32_t)ends;
    uint64_t slot = arch_load_rlx_dev(&d->slot[top % HDL_RING]);
    uint64_t next =
        hdl_ends((uint32_t)(ends >> 32), top + 1 + deque_more(slot));
    if (arch_cas_rel_dev(&d->ends, ends, next) == ends) /* P3, B3 */
      return slot;
  }
  return 0;
}

#endif /* HDL_DEQUE_H */
