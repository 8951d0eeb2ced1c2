/* scope.c - heddle_scope: threads created in a function are joined at its end.
 *
 * A thread that is created by one in the scope belongs to the scope too, so the
 * scope ends when the whole tree has.
 *
 *   E1  A strand is in its scope's list from creation until it is freed: until
 *       it is joined, or, detached, until it ends. */
#include "threads/strand.h"

struct hdl_scope {
  uint32_t guard; /* taken after a strand's, if both */
  struct hdl_strand *first;
};

void hdl_scope_enter(struct hdl_strand *parent, struct hdl_strand *s) {
  struct hdl_scope *scope = parent->scope;
  s->scope = s->member = scope;
  hdl_guard(&scope->guard);
  s->scope_prev = NULL;
  s->scope_next = scope->first;
  if (scope->first)
    scope->first->scope_prev = s;
  scope->first = s;
  hdl_unguard(&scope->guard);
}

void hdl_scope_leave(struct hdl_strand *s) {
  struct hdl_scope *scope = s->member;
  hdl_guard(&scope->guard);
  if (s->scope_prev)
    s->scope_prev->scope_next = s->scope_next;
  else
    scope->first = s->scope_next;
  if (s->scope_next)
    s->scope_next->scope_prev = s->scope_prev;
  hdl_unguard(&scope->guard);
}

/* A thread of the scope that the caller can join, or 0; `empty` if there is none
 * at all. */
static uint64_t joinable(struct hdl_scope *scope, bool *empty) {
  hdl_guard(&scope->guard);
  uint64_t id = scope->first ? scope->first->id : 0;
  *empty = !scope->first;
  hdl_unguard(&scope->guard);
  uint32_t state;
  struct hdl_strand *s = hdl_strand_lock(id, &state);
  if (!s)
    return 0;
  bool free = !(state & (HDL_STRAND_DETACHED | HDL_STRAND_JOINING));
  hdl_strand_unlock(s, id, state);
  return free ? id : 0;
}

HDL_API void heddle_scope(void (*function)(void *), void *argument) {
  struct hdl_thread *t = hdl_self();
  struct hdl_strand *me = hdl_strand_self(t);
  struct hdl_scope *scope = hdl_stack_push(t, sizeof *scope);
  struct hdl_scope *outer = me->scope;
  *scope = (struct hdl_scope){0};
  me->scope = scope;
  function(argument);
  me->scope = outer;
  struct hdl_backoff pause = {0};
  bool empty;
  for (;;) {
    uint64_t id = joinable(scope, &empty);
    if (empty)
      break;
    if (id)
      hdl_strand_join(t, id, HDL_FOREVER, NULL, "heddle_scope");
    else
      hdl_backoff(&pause, 256, "heddle_scope", NULL);
  }
  hdl_stack_pop(t, scope);
}
