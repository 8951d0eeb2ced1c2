/* barrier.c - a fixed number of threads meet, again and again.  Whoever comes
 * last lets the others go; they are in the list and can be in no later round
 * before they have been. */
#include "threads/sync.h"

/* True for one thread of each round, the one that came last. */
HDL_OUTLINE bool hdl_meeting_wait(struct hdl_thread *t, struct hdl_meeting *b,
                                  const char *what) {
  hdl_guard(&b->guard);
  if (++b->arrived < b->size) {
    struct hdl_waiter *w = hdl_waiter_new(t);
    hdl_list_append(&b->list, w);
    hdl_unguard(&b->guard);
    hdl_suspend(t, HDL_FOREVER, what);
    hdl_stack_pop(t, w);
    return false;
  }
  struct hdl_waiter *w = b->list.first;
  b->list = (struct hdl_list){0};
  b->arrived = 0;
  hdl_unguard(&b->guard);
  while (w) {
    struct hdl_waiter *next = w->next;
    hdl_wake(t, w);
    w = next;
  }
  return true;
}
