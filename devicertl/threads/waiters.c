/* waiters.c - lists of those who wait for a blocking object.
 *
 * Every such object (mutex, condition, semaphore, channel, ...) has a list and
 * a guard.  Whoever makes the object free takes the first waiter out of the
 * list and gives it the object, so that nobody who comes later can be faster
 * and a woken thread never finds that it woke for nothing.
 *
 *   H1  A waiter is in a list while `listed`; list and flag change under the
 *       guard.  Who takes it out calls hdl_wake, once, or hands it on to
 *       another list.  If its deadline comes first, it takes itself out.
 *   H2  Whoever holds a guard neither waits nor switches, so a guard is held
 *       for some hundred cycles, and those who want it just look again.
 * Pairing
 *   H3  unguard, release -> guard, acquire: the next holder sees the list. */
#include "context.h"

HDL_OUTLINE void hdl_guard(uint32_t *guard) {
  uint32_t ns = 32;
  while (arch_cas_acq_gpu(guard, 0u, 1u) != 0) { /* H3 */
    arch_wait(ns, "the guard of a blocking object", NULL);
    if (ns < 256)
      ns *= 2;
  }
}

void hdl_unguard(uint32_t *guard) {
  arch_store_rel_gpu(guard, (uint32_t)0); /* H3 */
}

/* The calling context as a waiter, not in a list yet.  Give it back with
 * hdl_stack_pop. */
struct hdl_waiter *hdl_waiter_new(struct hdl_thread *t) {
  struct hdl_waiter *w = hdl_stack_push(t, sizeof *w);
  *w = (struct hdl_waiter){.worker = t->worker, .lane = arch_lane()};
  return w;
}

void hdl_list_append(struct hdl_list *list, struct hdl_waiter *w) {
  w->next = NULL;
  w->prev = list->last;
  if (list->last)
    list->last->next = w;
  else
    list->first = w;
  list->last = w;
  w->listed = 1;
}

void hdl_list_remove(struct hdl_list *list, struct hdl_waiter *w) {
  if (w->prev)
    w->prev->next = w->next;
  else
    list->first = w->next;
  if (w->next)
    w->next->prev = w->prev;
  else
    list->last = w->prev;
  w->listed = 0;
}

/* The one who has waited longest, taken out; NULL if nobody waits. */
struct hdl_waiter *hdl_list_take(struct hdl_list *list) {
  struct hdl_waiter *w = list->first;
  if (w)
    hdl_list_remove(list, w);
  return w;
}

/* Let `w` go on.  It may be gone as soon as its bit is set. */
HDL_OUTLINE void hdl_wake(struct hdl_thread *t, struct hdl_waiter *w) {
  struct hdl_worker *worker = w->worker;
  uint32_t bit = 1u << w->lane;
  struct hdl_block *b = hdl_block();
  const struct hdl_worker *first = &t->grid->worker[b->first];
  if (worker >= first && worker < first + b->warps) {
    struct hdl_warp *s = &hdl_warps()[worker - first].contexts;
    arch_fence_acq_rel_cta();                             /* X2 */
    if (worker == t->worker && !hdl_lanes_in_region(t)) { /* C1 */
      s->woken |= bit;
      s->ready |= bit;
    } else {
      arch_or_rlx_cta(&s->wake, bit); /* X2 */
    }
  } else {
    arch_or_rel_gpu(&worker->wake, bit); /* X1 */
  }
  arch_progress();
}

/* Wait in `list`, where `w` is, until woken.  False if `deadline` came first;
 * then `w` is out of the list. */
HDL_OUTLINE bool hdl_suspend_listed(struct hdl_thread *t, struct hdl_waiter *w,
                                    uint64_t deadline, uint32_t *guard,
                                    struct hdl_list *list, const char *what) {
  if (hdl_suspend(t, deadline, what))
    return true;
  hdl_guard(guard);
  bool late = w->listed;
  if (late)
    hdl_list_remove(list, w);
  hdl_unguard(guard);
  return !late && hdl_suspend(t, HDL_FOREVER, what);
}
