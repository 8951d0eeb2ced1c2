/* cond.c - condition variables (C17 7.26.3).
 *
 * A signal takes the longest waiting thread out of the list and puts it into
 * the line for its mutex (hdl_mutex_grant): it wakes once, as the owner.  So a
 * broadcast wakes nobody only to let them fight for the mutex, and there are no
 * spurious wake-ups.
 *
 *   Q1  A waiter enters the list before it unlocks the mutex: a signal given
 *       with the mutex held, or later, cannot be missed.
 *   Q2  `kind` is UNSIGNALLED while the waiter is in the condition's list.  If
 *       its deadline comes then, it takes itself out and locks the mutex; one
 *       that has been signalled waits for the mutex as long as it takes. */
#include "threads/sync.h"

enum { SIGNALLED, UNSIGNALLED };

/* Wake the first `count` of those who wait. */
HDL_OUTLINE void hdl_cond_wake(struct hdl_thread *t, struct hdl_cond *c,
                               uint32_t count) {
  hdl_guard(&c->guard);
  struct hdl_waiter *first = c->list.first, *w = first;
  for (; w && count > 0; count--) {
    hdl_list_take(&c->list)->kind = SIGNALLED; /* it is w */
    w = w->next;
  }
  struct hdl_waiter *end = w; /* stays */
  hdl_unguard(&c->guard);
  for (w = first; w != end;) {
    struct hdl_waiter *next = w->next; /* w is gone once it has the mutex */
    hdl_mutex_grant(t, w->object, w);
    w = next;
  }
}

HDL_OUTLINE int32_t hdl_cond_wait(struct hdl_thread *t, struct hdl_cond *c,
                                  struct hdl_mutex *m, uint64_t deadline,
                                  const char *what) {
  uint64_t me = hdl_self_id(t);
  if (!hdl_mutex_is_mine(t, m)) {
    hdl_misuse(what, "the caller does not hold the mutex", t->strand->name);
    return HDL_NOT_OWNER;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  w->owner = me;
  w->object = m;
  hdl_guard(&c->guard); /* Q1 */
  w->kind = UNSIGNALLED;
  hdl_list_append(&c->list, w);
  hdl_unguard(&c->guard);
  uint32_t depth = hdl_mutex_give_up(t, m);
  int32_t result = HDL_SUCCESS;
  if (!hdl_suspend(t, deadline, what)) { /* Q2 */
    hdl_guard(&c->guard);
    bool late = w->kind == UNSIGNALLED;
    if (late)
      hdl_list_remove(&c->list, w);
    hdl_unguard(&c->guard);
    if (late) {
      result = HDL_TIMEDOUT;
      hdl_mutex_lock(t, m, HDL_FOREVER, what);
    } else {
      hdl_suspend(t, HDL_FOREVER, what);
    }
  }
  hdl_mutex_deepen(m, depth);
  hdl_stack_pop(t, w);
  return result;
}

int32_t hdl_cond_destroy(struct hdl_cond *c, const char *what) {
  if (c->list.first) {
    hdl_misuse(what, "threads wait for the condition", NULL);
    return HDL_IN_USE;
  }
  return HDL_SUCCESS;
}
