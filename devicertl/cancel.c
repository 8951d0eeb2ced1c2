/* cancel.c - cancellation (OpenMP 5.2, 16), if OMP_CANCELLATION is true.
 *
 * Each cancellable region has a word that says it is cancelled.  Threads look
 * at it where the program has a cancellation point, and jump to the region's
 * end; a taskgroup's tasks are also looked at before they begin (task.c).
 *
 *   C1  A taskgroup is cancelled if it or one around it is: they all outlive
 *       its tasks.
 *   C2  Members number the loops and sections they meet.  `loop` is the number
 *       of the last one cancelled: that has no `nowait`, so nobody is in a
 *       later one before all have left it.
 *   C3  Once a parallel region is cancelled, members may have left it, so any
 *       wait for another member, a barrier's excepted, ends when it sees that.
 *   C4  Members that have left wait in the barrier at the region's end while
 *       others may come to barriers before it.  There every arrival counts for
 *       whatever barrier the others are at: it ends when all are at one.
 *       `ended` counts those at the end; whoever ends a barrier at which they
 *       all are stores its generation in `over`.  Unless `over` has come to
 *       the generation that a member has waited for, it arrives again.  A
 *       later `over` will do: the next region may have been forked and joined
 *       meanwhile, without that member.
 * Pairings
 *   C5  cancel, release -> cancellation point, acquire fence: the flush of 16.
 *   C6  `ended`, before the arrival (E1 in barrier.c) -> who ends the barrier, by
 *       B5 each one: it sees all.
 *       `over`, before the release that clears HINT -> members: so do they. */
#include "runtime.h"

bool hdl_cancelled_around(const struct hdl_group *g) {
  for (; g; g = g->outer) /* C1 */
    if (arch_load_rlx_gpu(&g->cancelled))
      return true;
  return false;
}

bool hdl_cancelled_region(const struct hdl_thread *t) {
  return hdl_cancellation() && arch_load_rlx_gpu(&t->team->cancel.region);
}

/* All members have arrived at a barrier of `team`, and wait for `generation`.
 */
void hdl_cancel_barrier_ends(struct hdl_team *team, uint32_t generation) {
  if (arch_load_rlx_gpu(&team->cancel.ended) == team->size)
    arch_store_rlx_gpu(&team->over, generation); /* C6 */
}

/* The calling member has come to the end of its parallel region (C4). */
HDL_OUTLINE void hdl_cancel_end(struct hdl_thread *t, const struct ident *loc) {
  struct hdl_team *team = t->team;
  arch_add_rlx_gpu(&team->cancel.ended, 1); /* C6 */
  do
    hdl_barrier(t, loc);
  while ((int32_t)(arch_load_rlx_gpu(&team->over) - t->generation) < 0);
}

/* After a cancelled region, when all have left it: make good what some members
 * did and others did not. */
HDL_OUTLINE void hdl_cancel_tidy(struct hdl_grid *g) {
  struct hdl_team *team = &g->region;
  for (uint32_t i = 0; i < HDL_LOOPS; i++)
    hdl_doacross_free(&team->loop[i]);
}

/* Whether the thread is to leave the innermost region of that kind. */
static int32_t leaves(struct hdl_thread *t, int32_t kind) {
  bool leaves = false;
  switch (kind) {
  case CANCEL_PARALLEL:
    leaves = hdl_cancelled_region(t);
    break;
  case CANCEL_FOR:
  case CANCEL_SECTIONS:
    leaves = arch_load_rlx_gpu(&t->team->cancel.loop) == t->ws.all; /* C2 */
    if (leaves)
      hdl_loop_end(t); /* clang 22 jumps across __kmpc_dispatch_deinit */
    break;
  case CANCEL_TASKGROUP:
    leaves = hdl_cancelled_group(t->group);
    break;
  }
  if (leaves)
    arch_fence_acq_rel_gpu(); /* C5 */
  return leaves;
}

HDL_API int32_t __kmpc_cancellationpoint(const struct ident *loc, int32_t gtid,
                                         int32_t kind) {
  (void)loc, (void)gtid;
  return hdl_cancellation() ? leaves(hdl_self(), kind) : 0;
}

HDL_API int32_t __kmpc_cancel(const struct ident *loc, int32_t gtid,
                              int32_t kind) {
  (void)loc, (void)gtid;
  if (!hdl_cancellation())
    return 0;
  struct hdl_thread *t = hdl_self();
  struct hdl_cancellation *c = &t->team->cancel;
  switch (kind) {
  case CANCEL_PARALLEL:
    if (t->team != &t->grid->initial) /* else there is nothing to leave */
      arch_store_rel_gpu(&c->region, (uint32_t)1); /* C5 */
    break;
  case CANCEL_FOR:
  case CANCEL_SECTIONS:
    arch_store_rel_gpu(&c->loop, t->ws.all); /* C5 */
    break;
  case CANCEL_TASKGROUP:
    if (t->group)
      arch_store_rel_gpu(&t->group->cancelled, (uint32_t)1); /* C5 */
    break;
  }
  arch_progress();
  return leaves(t, kind);
}
