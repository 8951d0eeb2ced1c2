/* ordered.c - `ordered` regions of a loop (OpenMP 5.2, 15.10.2).
 *
 * A thread runs its chunks, and their iterations, in increasing order.  So
 * within a chunk the order is there by itself, and only chunks take turns: the
 * first ordered region of a chunk waits for the turn, and the chunk gives it up
 * behind the ordered region of its last iteration, so that the rest of that
 * iteration runs beside the next chunk.  A chunk that has not given it up when
 * its thread asks for the next one does so then: its last iterations had no
 * ordered region.
 *
 *   state    event                                             next
 *   NONE     dispatch_next hands out a chunk                   AWAITED
 *   AWAITED  an ordered region, or the end, and its turn came  HELD
 *   HELD     end of the last iteration's region, or the end    NONE
 *
 *   R1  loop->ordered is the first iteration of the chunk whose turn it is.  It
 *       grows, written only by the thread that has that chunk, from the chunk's
 *       first iteration to one past its last.
 *   R2  Chunks that begin earlier are held by threads that wait only for still
 *       earlier ones, so the turn gets around.
 * Pairing
 *   R3  ordered, release -> poll and acquire fence: a region sees what those
 *       before it did. */
#include "runtime.h"

enum hdl_turn { TURN_NONE, TURN_AWAITED, TURN_HELD };

static void take_turn(struct hdl_thread *t, const struct ident *loc) {
  struct hdl_worksharing *ws = &t->ws;
  if (ws->turn != TURN_AWAITED)
    return;
  struct hdl_loop *loop = hdl_loop_here(t);
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&loop->ordered) != ws->first) { /* R1 */
    if (hdl_cancelled_region(t))
      break; /* it may never come (C3) */
    hdl_backoff(&pause, 128, "ordered", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* R3 */
  arch_progress();
  ws->turn = TURN_HELD;
}

static void pass_turn(struct hdl_thread *t) {
  struct hdl_worksharing *ws = &t->ws;
  arch_store_rel_gpu(&hdl_loop_here(t)->ordered, ws->last + 1); /* R1, R3 */
  arch_progress();
  ws->turn = TURN_NONE;
}

/* The thread begins a chunk of an ordered loop that others share. */
void hdl_ordered_chunk(struct hdl_worksharing *ws, uint64_t first,
                       uint64_t count) {
  ws->first = ws->current = first;
  ws->last = first + count - 1;
  ws->turn = TURN_AWAITED;
}

/* It has run all of it. */
void hdl_ordered_chunk_done(struct hdl_thread *t, const struct ident *loc) {
  take_turn(t, loc);
  if (t->ws.turn == TURN_HELD)
    pass_turn(t);
}

void hdl_ordered_iteration_done(struct hdl_thread *t) { t->ws.current++; }

HDL_API void __kmpc_ordered(const struct ident *loc, int32_t gtid) {
  (void)gtid;
  struct hdl_thread *t = hdl_self();
  if (t->ws.ordered)
    take_turn(t, loc);
}

HDL_API void __kmpc_end_ordered(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_self();
  if (t->ws.ordered && t->ws.current == t->ws.last)
    pass_turn(t);
}
