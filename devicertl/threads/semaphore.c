/* semaphore.c - semaphores and latches of <heddle.h>.
 *
 * Units go to those who wait, in their order, before anybody who comes later:
 * while the list is not empty, count is 0.
 * Pairing: the guard (H3) and X2. */
#include "threads/sync.h"

struct hdl_counter {
  uint32_t guard;
  uint32_t count; /* of a latch: still to come */
  struct hdl_list list;
  uint64_t reserved;
};
_Static_assert(sizeof(struct hdl_counter) == 32,
               "heddle_sem_t, heddle_latch_t");

/* The point `ns` from now. */
static uint64_t in(uint64_t ns) {
  uint64_t now = arch_clock_ns();
  return ns >= HDL_FOREVER - now ? HDL_FOREVER : now + ns;
}

static int32_t acquire(struct hdl_counter *s, uint64_t deadline,
                       const char *what) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&s->guard);
  if (s->count > 0) {
    s->count--;
    hdl_unguard(&s->guard);
    return HDL_SUCCESS;
  }
  if (deadline == 0) {
    hdl_unguard(&s->guard);
    return HDL_BUSY;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  hdl_list_append(&s->list, w);
  hdl_unguard(&s->guard);
  bool got = hdl_suspend_listed(t, w, deadline, &s->guard, &s->list, what);
  hdl_stack_pop(t, w);
  return got ? HDL_SUCCESS : HDL_TIMEDOUT;
}

HDL_API void heddle_sem_init(struct hdl_counter *s, uint32_t units) {
  *s = (struct hdl_counter){.count = units};
}
HDL_API void heddle_sem_acquire(struct hdl_counter *s) {
  acquire(s, HDL_FOREVER, "heddle_sem_acquire");
}
HDL_API int heddle_sem_try_acquire(struct hdl_counter *s) {
  return acquire(s, 0, "heddle_sem_try_acquire");
}
HDL_API int heddle_sem_acquire_for(struct hdl_counter *s, uint64_t ns) {
  return acquire(s, in(ns), "heddle_sem_acquire_for");
}
HDL_API void heddle_sem_release(struct hdl_counter *s, uint32_t units) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&s->guard);
  struct hdl_waiter *first = s->list.first, *w = first;
  for (; w && units > 0; units--) {
    hdl_list_take(&s->list); /* it is w, which keeps its `next` */
    w = w->next;
  }
  struct hdl_waiter *end = w;
  s->count += units;
  hdl_unguard(&s->guard);
  for (w = first; w != end;) {
    struct hdl_waiter *next = w->next;
    hdl_wake(t, w);
    w = next;
  }
}

HDL_API void heddle_latch_init(struct hdl_counter *l, uint32_t count) {
  *l = (struct hdl_counter){.count = count};
}
HDL_API void heddle_latch_count_down(struct hdl_counter *l, uint32_t n) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&l->guard);
  bool below = n > l->count;
  l->count = below ? 0 : l->count - n;
  struct hdl_waiter *w = l->count == 0 ? l->list.first : NULL;
  if (w)
    l->list = (struct hdl_list){0};
  hdl_unguard(&l->guard);
  if (below)
    hdl_misuse("heddle_latch_count_down", "the latch was to count below zero",
               NULL);
  while (w) {
    struct hdl_waiter *next = w->next;
    hdl_wake(t, w);
    w = next;
  }
}
HDL_API int heddle_latch_try_wait(struct hdl_counter *l) {
  hdl_guard(&l->guard);
  bool open = l->count == 0;
  hdl_unguard(&l->guard);
  return open ? HDL_SUCCESS : HDL_BUSY;
}
HDL_API void heddle_latch_wait(struct hdl_counter *l) {
  struct hdl_thread *t = hdl_self();
  hdl_guard(&l->guard);
  if (l->count == 0) {
    hdl_unguard(&l->guard);
    return;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  hdl_list_append(&l->list, w);
  hdl_unguard(&l->guard);
  hdl_suspend(t, HDL_FOREVER, "heddle_latch_wait");
  hdl_stack_pop(t, w);
}
