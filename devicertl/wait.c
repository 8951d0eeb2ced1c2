/* wait.c - how a sleeping thread sees that the grid wants it.
 *
 * A line of the grid tells: `fork` (a parallel region began, or the kernel
 * ends), `barrier` (whose generation says how many of the region are complete) and
 * `hint` (tasks can be stolen).  If every thread polled it, thousands of loads
 * would queue at one L2 slice.  So at most one thread of a block has a poll in
 * flight; it copies what it saw into the block's shared memory, where the others
 * look.
 *
 * Pairings
 *   W1  team.c, releases of fork or barrier -> the poller's fence (gpu): it sees
 *       what the releasing threads did.
 *   W2  the poller's release into the block (cta) -> hdl_watch_done, fence
 *       (cta): so do the other threads of the block, by cumulativity.
 *   W3  poller word, exchange and release (cta): polls of a block are in
 *       sequence.  Who gives a signal also writes it to its own block's copy, and
 *       a poll that is on its way may write an older one over that; then the next
 *       poll brings the newer one again.  So whoever waits for a signal asks
 *       whether one is later than what it has seen, not whether it differs. */
#include "runtime.h"

/* The caller has given the grid a signal (W1): its block need not wait for a poll.
 */
HDL_OUTLINE void hdl_tell_block(uint64_t fork, uint64_t state) {
  struct hdl_block *b = hdl_block();
  if (fork != b->fork)
    arch_store_rel_cta(&b->fork, fork); /* W2 */
  if (state != b->state)
    arch_store_rel_cta(&b->state, state); /* W2 */
}

/* The polling thread of block `b` has seen these in the grid. */
static inline void publish(struct hdl_block *b, uint64_t fork, uint64_t state,
                           uint64_t contexts, uint32_t queued) {
  /* A hint orders nothing, and it changes all the time: a fence for each would
   * keep the SM's L1 empty. */
  bool started = contexts && contexts != b->contexts;
  uint64_t seen = hdl_seen_state();
  if (fork != b->fork || started ||
      HDL_STATE_GENERATION(state) != HDL_STATE_GENERATION(seen))
    arch_fence_acq_rel_gpu(); /* W1 */
  else if (state != seen)
    arch_fence_acq_rel_cta();  /* who told the block of that generation did */
  hdl_tell_block(fork, state); /* W2 */
  if (started) /* set once in a launch, perhaps just now by this block */
    arch_store_rel_cta(&b->contexts, contexts); /* W2 */
  if (hdl_uses_threads && queued != b->queued)
    arch_store_rel_cta(&b->queued, queued);    /* a hint */
  arch_store_rel_cta(&b->poller, (uint32_t)0); /* W3 */
}

/* Bring the block's copies up to date, unless another thread is just doing it,
 * and look at the deque of `victim` (or NULL) by the way: the loads travel
 * together.  Returns whether there was something to steal. */
HDL_OUTLINE bool hdl_watch(struct hdl_thread *t, struct hdl_worker *victim) {
  struct hdl_block *b = hdl_block();
  bool poll = arch_xchg_acq_rel_cta(&b->poller, 1) == 0; /* W3 */
  uint64_t fork = 0, barrier = 0, contexts = 0, ends = 0;
  uint32_t hint = 0, queued = 0;
  if (poll) {
    fork = arch_load_rlx_gpu(&t->grid->fork);
    barrier = arch_load_rlx_gpu(&t->grid->barrier);
    hint = arch_load_rlx_gpu(&t->grid->hint);
    if (hdl_uses_threads) {
      contexts = arch_load_rlx_gpu(&t->grid->contexts);
      queued = arch_load_rlx_gpu(&t->grid->queued);
    }
  }
  if (victim)
    ends = arch_load_rlx_gpu(&victim->deque.ends);
  if (poll)
    publish(b, fork, HDL_STATE(hdl_barriers_over(barrier), hint), contexts,
            queued);
  return hdl_ends_apart(ends);
}

/* Poll until the block's copies are no longer `fork` and `state`, or `until`, as the
 * one thread of the block that does. */
HDL_OUTLINE static void poll_closely(uint64_t fork, uint64_t state,
                                     uint32_t until) {
  struct hdl_block *b = hdl_block();
  const struct hdl_grid *g = b->grid;
  do {
    uint64_t now_fork = arch_load_rlx_dev(&g->fork);
    uint64_t barrier = arch_load_rlx_dev(&g->barrier);
    uint32_t hint = arch_load_rlx_dev(&g->hint);
    if (hdl_is_told(fork, state)) /* while they travel */
      break;
    uint64_t now_state = HDL_STATE(hdl_barriers_over(barrier), hint);
    if (now_fork != fork || now_state != state) {
      publish(b, now_fork, now_state, 0, b->queued);
      return;
    }
  } while ((int32_t)(until - arch_ticks()) > 0);
  arch_store_rel_cta(&b->poller, (uint32_t)0); /* W3 */
}

/* For waits that tend to be short: return when the block's copies are no longer
 * `fork` and `state`, which the caller has seen, or after a while.  One thread of
 * the block does nothing but poll; nobody looks for tasks. */
HDL_OUTLINE void hdl_watch_closely(uint64_t fork, uint64_t state,
                                   const char *what) {
  struct hdl_block *b = hdl_block();
  uint32_t until = arch_ticks() + ARCH_CLOSE_TICKS;
  for (;;) {
    if (hdl_seen_fork() != fork || hdl_seen_state() != state ||
        (int32_t)(until - arch_ticks()) < 0)
      return;
    if (hdl_become_poller(b))
      poll_closely(fork, state, until);
    else
      arch_wait(ARCH_CLOSE_NS, what, NULL);
  }
}

/* A wait found its condition false: let others run for about `ns`, on this warp
 * too. */
HDL_OUTLINE void hdl_wait(uint32_t ns, const char *what, const char *where) {
  const struct hdl_context_ops *contexts =
      hdl_uses_threads ? hdl_contexts() : NULL;
  if (contexts)
    contexts->wait(ns, what, where);
  else
    arch_wait(ns, what, where);
}

/* A thread waits for something else than hdl_watch shows, for long: see by the
 * way whether there are explicit threads now. */
HDL_OUTLINE void hdl_wait_look(void) {
  struct hdl_block *b = hdl_block();
  if (!b->grid || arch_load_rlx_cta(&b->contexts))
    return;
  uint64_t contexts = arch_load_rlx_gpu(&b->grid->contexts);
  if (!contexts)
    return;
  arch_fence_acq_rel_gpu();                   /* S1: spawn.c */
  arch_store_rel_cta(&b->contexts, contexts); /* W2 */
}
