/* taskgroup.c - `taskgroup` (OpenMP 5.2, 15.4): waits for tasks and all their
 * descendants.
 *
 *   G1  Tasks of the group that are not complete = local + remote.  The thread
 *       that began the group counts in `local`, plainly; others in `remote`,
 *       atomically.  A task may enter on one side and leave on the other: each
 *       alone can be negative (wraps), the sum cannot.
 *   G2  A task enters before its creator leaves, so the sum stays above 0 until
 *       all descendants are complete; `remote` is one location, so the owner,
 *       which alone changes `local`, reads a sum that really was.
 * Pairing
 *   G3  leave, acq_rel -> the owner's poll and acquire fence: it sees what the
 *       tasks did. */
#include "runtime.h"

void hdl_group_enter(struct hdl_thread *t, struct hdl_group *g) {
  if (g->owner == t->id)
    g->local++;
  else
    arch_add_rlx_gpu(&g->remote, 1);
}

void hdl_group_leave(struct hdl_thread *t, struct hdl_group *g) {
  if (g->owner == t->id)
    g->local--;
  else
    arch_add_acq_rel_gpu(&g->remote, (uint32_t)-1); /* G3 */
}

/* The current task begins a taskgroup region. */
void hdl_group_begin(struct hdl_thread *t) {
  struct hdl_group *g = hdl_stack_push(t, sizeof *g);
  g->outer = t->group;
  g->reductions = NULL;
  g->owner = t->id;
  g->local = 0;
  g->remote = 0;
  g->cancelled = 0;
  g->events = 0;
  t->group = g;
}

/* Wait for the tasks of the innermost taskgroup, and combine what it reduces.
 */
HDL_OUTLINE void hdl_group_end(struct hdl_thread *t, const struct ident *loc) {
  struct hdl_group *g = t->group;
  struct hdl_backoff pause = {0};
  for (;;) {
    hdl_task_run_local(t, t->mark);
    if (g->local + arch_load_rlx_gpu(&g->remote) == 0) /* G1 */
      break;
    hdl_task_expose(t);
    if (arch_load_rlx_gpu(&g->events))
      hdl_event_run_awaited(t, g);
    hdl_backoff(&pause, 256, "taskgroup", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* G3 */
  arch_progress();
  t->group = g->outer;
  if (g->reductions)
    hdl_reductions_end(t, g->reductions);
  hdl_stack_pop(t, g);
}

HDL_API void __kmpc_taskgroup(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
  hdl_group_begin(hdl_self());
}
HDL_API void __kmpc_end_taskgroup(const struct ident *loc, int32_t gtid) {
  (void)gtid;
  hdl_group_end(hdl_self(), loc);
}
