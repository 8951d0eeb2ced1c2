/* rwlock.c - many readers or one writer.
 *
 * Served in the order of arrival: a reader that comes while a writer waits
 * waits behind it, and all readers in a row are let in together.  So neither
 * side starves the other: whoever waits is passed by nobody who came later.
 *
 *   O1  Under the guard: writer == 0 or readers == 0; if the list is not empty
 *       the lock is held, and its first entry cannot be let in.
 * Pairing: the guard (H3) and X2. */
#include "threads/sync.h"

enum { READ, WRITE };

static bool fits(const struct hdl_rwlock *l, uint32_t kind) {
  return l->writer == 0 && (kind == READ || l->readers == 0);
}

static void enter(struct hdl_rwlock *l, uint32_t kind, uint64_t id) {
  if (kind == WRITE)
    l->writer = id;
  else
    l->readers++;
}

/* Let in who can come in, in their order, and release the guard. */
static void let_in(struct hdl_thread *t, struct hdl_rwlock *l) {
  struct hdl_waiter *first = l->list.first, *w = first;
  while (w && fits(l, w->kind)) {
    enter(l, w->kind, w->owner);
    hdl_list_take(&l->list); /* it is w, which keeps its `next` */
    w = w->next;
  }
  struct hdl_waiter *end = w;
  hdl_unguard(&l->guard);
  for (w = first; w != end;) {
    struct hdl_waiter *next = w->next;
    hdl_wake(t, w);
    w = next;
  }
}

/* `deadline` 0: only try.  HDL_BUSY, HDL_TIMEDOUT, HDL_DEADLOCK. */
HDL_OUTLINE int32_t hdl_rwlock_lock(struct hdl_thread *t, struct hdl_rwlock *l,
                                    bool write, uint64_t deadline,
                                    const char *what) {
  uint64_t me = hdl_self_id(t);
  uint32_t kind = write ? WRITE : READ;
  hdl_guard(&l->guard);
  if (!l->list.first && fits(l, kind)) {
    enter(l, kind, me);
    hdl_unguard(&l->guard);
    return HDL_SUCCESS;
  }
  if (deadline == 0 || l->writer == me) {
    bool again = l->writer == me && deadline != 0;
    hdl_unguard(&l->guard);
    if (again)
      hdl_misuse(what, "the caller has locked it for writing", t->strand->name);
    return again ? HDL_DEADLOCK : HDL_BUSY;
  }
  struct hdl_waiter *w = hdl_waiter_new(t);
  w->owner = me;
  w->kind = kind;
  hdl_list_append(&l->list, w);
  hdl_unguard(&l->guard);
  bool got = hdl_suspend_listed(t, w, deadline, &l->guard, &l->list, what);
  hdl_stack_pop(t, w);
  if (got)
    return HDL_SUCCESS;
  hdl_guard(&l->guard); /* we may have kept others from coming in (O1) */
  let_in(t, l);
  return HDL_TIMEDOUT;
}

/* HDL_NOT_OWNER if nobody holds it. */
HDL_OUTLINE int32_t hdl_rwlock_unlock(struct hdl_thread *t,
                                      struct hdl_rwlock *l, const char *what) {
  uint64_t me = hdl_self_id(t);
  hdl_guard(&l->guard);
  if (l->writer == me) {
    l->writer = 0;
  } else if (l->writer == 0 && l->readers > 0) {
    l->readers--;
  } else {
    hdl_unguard(&l->guard);
    hdl_misuse(what, "the caller does not hold the lock", t->strand->name);
    return HDL_NOT_OWNER;
  }
  let_in(t, l);
  return HDL_SUCCESS;
}

/* Whether nobody holds the lock. */
bool hdl_rwlock_free(struct hdl_rwlock *l) {
  hdl_guard(&l->guard);
  bool free = l->writer == 0 && l->readers == 0;
  hdl_unguard(&l->guard);
  return free;
}
