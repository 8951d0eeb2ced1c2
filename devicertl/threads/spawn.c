/* spawn.c - where a new thread goes.
 *
 *   1  an idle warp of the creator's block: into its slot
 *   2  an idle warp anywhere: through the queue, where idle warps look
 *      whenever they look for tasks
 *   3  a free lane of a warp that waits: through the queue, where those look
 *      that have waited for 128 ns or more
 *   4  all lanes are taken: it stays in the queue, and no memory but its own
 *      strand is needed for that
 * A warp of a block that was asked for gets it in its inbox, which it looks into
 * whenever it waits.  All these hold strands; a lane is found when one is taken.
 * A warp whose lanes are all taken passes what is in its inbox on to the queue.
 *
 *   S1  grid->contexts, release -> acquire by whoever waits, or W1: a block
 *       that knows of threads can call the context layer.
 *   S2  inbox, compare-and-swap -> exchange (acq_rel); queue, guard (H3): who
 *       takes a strand sees it and what its creator did before.
 *   S3  slot, the same (cta).  It is open while lane 0 has nothing to do, and
 *       whoever puts a thread there finds that in the same atomic.  A warp that
 *       finds work closes it first; what has come until then it starts before
 *       any other thread or leaves to the queue.  So a thread never waits
 *       behind one that the warp began just before.
 *   S4  grid->sm_block, swap (acq_rel, kernel.c) -> acquiring load: a list of the
 *       blocks on each SM, by number + 1, which only grows while the launch runs. */
#include "threads/strand.h"

static uint32_t warp_index(void) { return arch_tid() / ARCH_LANES; }

static bool put(struct hdl_worker *w, struct hdl_strand *s) {
  return arch_load_rlx_gpu(&w->inbox) == 0 &&
         arch_cas_acq_rel_gpu(&w->inbox, 0, (uint64_t)(uintptr_t)s) == 0;
}

/* To whoever has a lane for it. */
HDL_OUTLINE void hdl_spawn_enqueue(struct hdl_thread *t, struct hdl_strand *s) {
  struct hdl_spawns *spawns = &t->grid->spawns;
  s->next = NULL;
  hdl_guard(&spawns->guard); /* S2 */
  if (spawns->last)
    spawns->last->next = s;
  else
    spawns->first = s;
  spawns->last = s;
  arch_add_rlx_gpu(&t->grid->queued, 1);
  hdl_unguard(&spawns->guard); /* S2 */
  arch_progress();
}

/* What is in the inbox of a warp that cannot start it is for others. */
void hdl_spawn_pass_on(struct hdl_thread *t, struct hdl_worker *w) {
  if (arch_load_rlx_gpu(&w->inbox) == 0)
    return;
  uint64_t s = arch_xchg_acq_rel_gpu(&w->inbox, 0); /* S2 */
  if (s)
    hdl_spawn_enqueue(t, (struct hdl_strand *)(uintptr_t)s);
}

/* To an idle warp of the calling block. */
static bool put_near(struct hdl_strand *s) {
  struct hdl_block *b = hdl_block();
  for (uint32_t i = 0; i < b->warps; i++) {
    uint64_t *slot = &hdl_warps()[i].contexts.slot;
    if (arch_load_rlx_cta(slot) == HDL_SLOT_OPEN &&
        arch_cas_acq_rel_cta(slot, HDL_SLOT_OPEN, (uint64_t)(uintptr_t)s) ==
            HDL_SLOT_OPEN) /* S3 */
      return true;
  }
  return false;
}

/* To one of block number `block` that has room in its inbox. */
static bool put_block(struct hdl_thread *t, struct hdl_strand *s,
                      uint32_t block) {
  struct hdl_grid *g = t->grid;
  if (block >= arch_load_rlx_gpu(&g->tickets))
    return false;
  for (uint32_t i = 1; i <= g->block_warps; i++) {
    uint32_t warp = (warp_index() + i) % g->block_warps; /* the own one last */
    if (put(&g->worker[block * g->block_warps + warp], s))
      return true;
  }
  return false;
}

/* To a warp of any block on SM number `sm` (S4). */
static bool put_sm(struct hdl_thread *t, struct hdl_strand *s, uint32_t sm) {
  struct hdl_grid *g = t->grid;
  if (sm >= HDL_SMS)
    return false;
  uint32_t next = arch_load_acq_gpu(&g->sm_block[sm]); /* S4 */
  while (next) {
    uint32_t block = next - 1;
    if (put_block(t, s, block))
      return true;
    next = g->worker[block * g->block_warps].sm_next;
  }
  return false;
}

/* In a place that was wished for. */
static bool put_place(struct hdl_thread *t, struct hdl_strand *s, int32_t place,
                      uint32_t own) {
  if (place <= HDL_ON_SM)
    return put_sm(t, s, (uint32_t)(HDL_ON_SM - place));
  return place != HDL_ANYWHERE &&
         put_block(t, s, place == HDL_NEAR ? own : (uint32_t)place);
}

HDL_OUTLINE void hdl_spawn_place(struct hdl_thread *t, struct hdl_strand *s,
                                 int32_t place) {
  const struct hdl_block *b = hdl_block();
  uint32_t own = b->first / b->warps;
  bool near = place == HDL_ANYWHERE || place == HDL_NEAR ||
              (uint32_t)place == own ||
              (uint32_t)(HDL_ON_SM - place) == arch_sm();
  if ((near && put_near(s)) || put_place(t, s, place, own))
    arch_progress();
  else
    hdl_spawn_enqueue(t, s);
}

/* The inbox to look into: the warp's own, or if that is empty, now and then, that
 * of another warp of the block, which may be busy.  The own one first: nobody else
 * may be free to look. */
static uint64_t *inbox(struct hdl_thread *t, bool patient) {
  struct hdl_block *b = hdl_block();
  struct hdl_warp *s = &hdl_warp_state()->contexts;
  struct hdl_worker *own = &t->grid->worker[b->first + warp_index()];
  if (!patient || s->passes % 4 != 0 || arch_load_rlx_gpu(&own->inbox) != 0)
    return &own->inbox;
  return &t->grid->worker[b->first + (s->passes / 4) % b->warps].inbox;
}

/* Whether the queue may have threads, by what a thread of the block has seen
 * last; which the caller is, if no other is just looking. */
static bool someone_queues(struct hdl_thread *t) {
  struct hdl_block *b = hdl_block();
  if (!arch_load_rlx_cta(&b->queued) && !hdl_warp_state()->contexts.sleeper)
    hdl_watch(t, NULL); /* a sleeper has just done so */
  return arch_load_rlx_cta(&b->queued) != 0;
}

/* Whether there may be a thread for this warp to start; `patient` as in
 * context.c.  Does not change its mind before hdl_spawn_take. */
bool hdl_spawn_waits(struct hdl_thread *t, bool patient) {
  return arch_load_rlx_gpu(inbox(t, patient)) != 0 ||
         (patient && someone_queues(t));
}

struct hdl_strand *hdl_spawn_take(struct hdl_thread *t, bool patient) {
  struct hdl_spawns *spawns = &t->grid->spawns;
  uint64_t *box = inbox(t, patient);
  uint64_t s = arch_load_rlx_gpu(box);
  if (s && (s = arch_xchg_acq_rel_gpu(box, 0))) /* S2 */
    return (struct hdl_strand *)(uintptr_t)s;
  if (!patient || arch_load_rlx_gpu(&t->grid->queued) == 0) {
    arch_store_rel_cta(&hdl_block()->queued, 0u);
    return NULL;
  }
  if (arch_cas_acq_gpu(&spawns->guard, 0u, 1u) != 0) /* H3 */
    return NULL; /* whoever has the guard makes progress */
  struct hdl_strand *first = spawns->first;
  if (first) {
    spawns->first = first->next;
    if (!spawns->first)
      spawns->last = NULL;
    arch_add_rlx_gpu(&t->grid->queued, (uint32_t)-1);
  }
  hdl_unguard(&spawns->guard);
  return first;
}
