/* context.h - blocking and switching between the lanes of a warp; context.c
 * says how. */
#ifndef HDL_CONTEXT_H
#define HDL_CONTEXT_H

#include "runtime.h"

struct hdl_strand;

#define HDL_FOREVER (~UINT64_C(0)) /* a deadline that never comes */
#define HDL_NO_LANE 0xffu

/* The contexts of one warp, by lane.  A context has the lane's thread, which
 * keeps its soft stack and its pool when another thread follows it there. */
struct hdl_contexts {
  struct hdl_lane lane[ARCH_LANES];
  struct hdl_team *team[ARCH_LANES]; /* of one; of the explicit thread */
  struct hdl_strand *start[ARCH_LANES];
  uint64_t deadline[ARCH_LANES]; /* while in hdl_warp.timed */
  uint64_t mark[ARCH_LANES];     /* where the lane's stack begins */
  const char *what[ARCH_LANES], *where[ARCH_LANES]; /* it is blocked in */
};

/* Somebody who waits in a list.  Lies in the soft stack of the one who waits,
 * and belongs to whoever holds the list's guard; once it has been woken, to the
 * one who waits. */
struct hdl_waiter {
  struct hdl_waiter *next, *prev;
  struct hdl_worker *worker;
  uint32_t lane;
  uint32_t listed; /* under the guard: nobody has taken it out yet */
  uint32_t kind;   /* what it waits for, if the list has several; lists say */
  uint64_t owner;  /* identity of the one who waits, if it matters */
  void *object;    /* what is handed over, or to be had next; lists say */
};

/* Waiters in the order they came. */
struct hdl_list {
  struct hdl_waiter *first, *last;
};

extern const struct hdl_context_ops hdl_context_table;

void hdl_context_begin(struct hdl_thread *t);
void hdl_context_yield(struct hdl_thread *t);
bool hdl_context_is_alone(const struct hdl_thread *t);
_Noreturn void hdl_context_exit(struct hdl_thread *t);

/* The lists of blocking objects; wait lists are short-lived and guarded by a
 * word of their object, which is 0 when free. */
void hdl_guard(uint32_t *guard);
void hdl_unguard(uint32_t *guard);
struct hdl_waiter *hdl_waiter_new(struct hdl_thread *t);
void hdl_list_append(struct hdl_list *list, struct hdl_waiter *w);
struct hdl_waiter *hdl_list_take(struct hdl_list *list);
void hdl_list_remove(struct hdl_list *list, struct hdl_waiter *w);
void hdl_wake(struct hdl_thread *t, struct hdl_waiter *w);
bool hdl_suspend(struct hdl_thread *t, uint64_t deadline, const char *what);
bool hdl_suspend_listed(struct hdl_thread *t, struct hdl_waiter *w,
                        uint64_t deadline, uint32_t *guard,
                        struct hdl_list *list, const char *what);

#endif /* HDL_CONTEXT_H */
