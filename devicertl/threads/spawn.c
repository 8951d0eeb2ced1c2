/* spawn.c - where a new thread goes.
 *
 *   1  an idle warp of the creator's block: into its inbox
 *   2  an idle warp anywhere: through the queue, where idle warps look
 *      whenever they look for tasks
 *   3  a free lane of a warp that waits: through the queue, where those look
 *      that have waited for 128 ns or more
 *   4  all lanes are taken: it stays in the queue, and no memory but its own
 *      strand is needed for that
 * Inboxes and queue only hold strands; a lane is found when one takes it.  A warp
 * whose lanes are all taken passes what is in its inbox on to the queue.
 *
 *   S1  grid->contexts, release -> acquire by whoever waits, or W1: a block
 *       that knows of threads can call the context layer.
 *   S2  inbox, compare-and-swap -> exchange (acq_rel); queue, guard (H3): who
 *       takes a strand sees it and what its creator did before.
 *   S3  An idle warp says that it is no more before it takes a thread, and who
 *       put one into an idle warp's inbox looks again whether it still is; both
 *       with a fence (sc) between.  So a thread never waits behind one that the
 *       warp began just before: either the warp finds it, or its creator takes
 *       it back. */
#include "threads/strand.h"

static uint32_t warp_index(void) { return arch_tid() / ARCH_LANES; }

static bool put(struct hdl_worker *w, struct hdl_strand *s) {
  return arch_load_rlx_gpu(&w->inbox) == 0 &&
         arch_cas_acq_rel_gpu(&w->inbox, 0, (uint64_t)(uintptr_t)s) == 0;
}

HDL_OUTLINE static void enqueue(struct hdl_spawns *spawns,
                                struct hdl_strand *s) {
  s->next = NULL;
  hdl_guard(&spawns->guard); /* S2 */
  if (spawns->last)
    spawns->last->next = s;
  else
    spawns->first = s;
  spawns->last = s;
  arch_add_rlx_gpu(&spawns->queued, 1);
  hdl_unguard(&spawns->guard); /* S2 */
  arch_progress();
}

/* What is in the inbox of a warp that cannot start it is for others. */
void hdl_spawn_pass_on(struct hdl_thread *t, struct hdl_worker *w) {
  if (arch_load_rlx_gpu(&w->inbox) == 0)
    return;
  uint64_t s = arch_xchg_acq_rel_gpu(&w->inbox, 0); /* S2 */
  if (s)
    enqueue(&t->grid->spawns, (struct hdl_strand *)(uintptr_t)s);
}

/* To a warp of the calling block, an idle one if `idle`. */
static bool put_near(struct hdl_thread *t, struct hdl_strand *s, bool idle) {
  struct hdl_block *b = hdl_block();
  for (uint32_t i = 1; i <= b->warps; i++) {
    uint32_t warp = (warp_index() + i) % b->warps;
    if (idle && !arch_load_rlx_cta(&b->warp[warp].idle))
      continue;
    struct hdl_worker *w = &t->grid->worker[b->first + warp];
    if (!put(w, s))
      continue;
    if (idle) {
      arch_fence_sc_gpu(); /* S3 */
      if (!arch_load_rlx_cta(&b->warp[warp].idle))
        hdl_spawn_pass_on(t, w);
    }
    return true;
  }
  return false;
}

static bool put_block(struct hdl_thread *t, struct hdl_strand *s,
                      uint32_t block) {
  struct hdl_grid *g = t->grid;
  if (block >= arch_load_rlx_gpu(&g->tickets))
    return false;
  for (uint32_t i = 0; i < g->block_warps; i++)
    if (put(&g->worker[block * g->block_warps + i], s))
      return true;
  return false;
}

HDL_OUTLINE void hdl_spawn_place(struct hdl_thread *t, struct hdl_strand *s,
                                 int32_t place) {
  const struct hdl_block *b = hdl_block();
  if (place >= 0 && (uint32_t)place == b->first / b->warps)
    place = HDL_NEAR; /* where it is known who is idle */
  if (place >= 0 ? put_block(t, s, (uint32_t)place)
                 : put_near(t, s, true) ||
                       (place == HDL_NEAR && put_near(t, s, false))) {
    arch_progress();
    return;
  }
  enqueue(&t->grid->spawns, s);
}

/* The inbox to look into: the warp's own, or if that is empty, now and then, that
 * of another warp of the block, which may be busy.  The own one first (S3): who
 * has put a thread there because the warp was idle does not come back, and nobody
 * else may be free to look. */
static uint64_t *inbox(struct hdl_thread *t, bool patient) {
  struct hdl_block *b = hdl_block();
  struct hdl_warp *s = &b->warp[warp_index()];
  struct hdl_worker *own = &t->grid->worker[b->first + warp_index()];
  if (!patient || s->passes % 4 != 0 || arch_load_rlx_gpu(&own->inbox) != 0)
    return &own->inbox;
  return &t->grid->worker[b->first + (s->passes / 4) % b->warps].inbox;
}

/* Whether there may be a thread for this warp to start; `patient` as in
 * context.c.  Does not change its mind before hdl_spawn_take. */
bool hdl_spawn_waits(struct hdl_thread *t, bool patient) {
  return arch_load_rlx_gpu(inbox(t, patient)) != 0 ||
         (patient && arch_load_rlx_gpu(&t->grid->spawns.queued) != 0);
}

struct hdl_strand *hdl_spawn_take(struct hdl_thread *t, bool patient) {
  struct hdl_spawns *spawns = &t->grid->spawns;
  uint64_t *box = inbox(t, patient);
  uint64_t s = arch_load_rlx_gpu(box);
  if (s && (s = arch_xchg_acq_rel_gpu(box, 0))) /* S2 */
    return (struct hdl_strand *)(uintptr_t)s;
  if (!patient || arch_load_rlx_gpu(&spawns->queued) == 0 ||
      arch_cas_acq_gpu(&spawns->guard, 0u, 1u) != 0) /* H3 */
    return NULL; /* whoever has the guard makes progress */
  struct hdl_strand *first = spawns->first;
  if (first) {
    spawns->first = first->next;
    if (!spawns->first)
      spawns->last = NULL;
    arch_add_rlx_gpu(&spawns->queued, (uint32_t)-1);
  }
  hdl_unguard(&spawns->guard);
  return first;
}
