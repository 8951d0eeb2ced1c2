/* barrier.c - the barrier of a parallel region on the grid, which also knows when
 * nobody runs tasks any more; and which barrier another team has.
 *
 * A barrier must also complete all tasks of the team (OpenMP 5.2, 15.3.1).  So it
 * is over when everybody has arrived and nobody runs a task any more.  One word
 * says both, grid->barrier:
 *
 *   63       40 39      26 25  24 23   0
 *   generation   arrivals   HINT   busy
 *
 *   B1  Members arrive when both parts of their deques are empty.  The members of
 *       a block count as one, when the last of them has arrived, which they find
 *       out among themselves (block->arrived).
 *   B2  Each block adds one arrival, and the initial thread's as many as make it
 *       2^14 in all.  So the last one carries into the generation, and nothing
 *       need be set back, however many blocks a region has.
 *   B3  A thief is counted as busy before it takes a task and until it has run it
 *       and everything that came of it.  So while a task exists, its holder has
 *       not arrived, or the thief is counted before the task leaves the holder's
 *       deque.  (The thief counts itself before it swaps the deque's ends; the
 *       holder that finds it empty has acquired that.)
 *   B4  HINT is 0 unless tasks have been made public since the last barrier: then
 *       it is 1 or 2, with the generation's lowest bit.  Who makes tasks public
 *       sets it before it arrives; who is no member, and releases a task that is
 *       counted by B7, need not, since a member has.  When all have arrived and it
 *       is 0, there are no tasks, and the barrier is over with the carry.
 *   B5  Else somebody has to end it: whoever sees, after its own change of the
 *       word, that all have arrived and nobody is busy, and can make HINT ENDING
 *       while that is so.  It does what is to be done and then clears HINT, with
 *       which the barrier is over.  Who waits knows by HINT's bit to which
 *       generation it belongs, since nobody is more than one barrier behind.
 *   B6  grid->hint is 0 when no task of the grid is public: whoever ends a barrier
 *       by B5, or closes the initial team, resets it, and there are no tasks then.
 *       Threads that see 0 need not look for victims.
 *   B7  A detached task whose body has ended, a task that an event has released
 *       into the grid's list and one that has a priority are in no thread's hands:
 *       each counts as one more that is busy until somebody has completed or taken
 *       it (event.c, priority.c).
 *   B8  A thief that, when it counts itself, finds the barrier over at which it
 *       waits, or about to be, came too late: the tasks that there may be are not
 *       for it, which would make them public in the wrong generation.
 *   B9  A region in one block ends its barriers there, unless one of its threads
 *       has made something public since the last (block->gave).  The word is kept
 *       up to date for later regions, whose fork orders that.
 *
 * Pairings
 *   E1  A thread's releasing addition to `barrier` -> polls that see the barrier
 *       over, and hdl_watch_done: all changes of the word are atomic, so that who
 *       reads the last one synchronises with each.
 *   E2  The same -> who ends it, and its fence: for its own block it has seen it.
 *   E4  block->arrived, acq_rel increment (cta) by each member: the last of the
 *       block sees what the others did, and passes it on by E1. */
#include "league.h"
#include "runtime.h"

#define BUSY    UINT64_C(1)
#define HINT    HDL_BARRIER_HINT
#define ARRIVAL (UINT64_C(1) << 26)

enum { MOST_BUSY = (1 << 24) - 1, ENDING = HDL_BARRIER_ENDING };

static inline uint32_t busy_in(uint64_t word) { return word & MOST_BUSY; }
static inline uint32_t arrivals_in(uint64_t word) {
  return word / ARRIVAL & (HDL_ARRIVALS - 1);
}

/* All have arrived at a barrier in which tasks were public, and none is left. */
static inline bool can_end(uint64_t word) {
  return busy_in(word) == 0 &&
         hdl_barrier_hint(word) ==
             hdl_barrier_hint_of(HDL_BARRIER_GENERATION(word) - HDL_GENERATION);
}

/* Whether the barrier at which `t` waits is over, by how many are.  That may be
 * older than the region: compare signed. */
static inline bool is_over(const struct hdl_thread *t, uint32_t over) {
  return (int32_t)(over - t->generation) > 0;
}

/* End the barrier of the region of `g` if nobody else does; the word is `word`.
 * Returns whether the caller has (B5). */
HDL_OUTLINE static bool end(struct hdl_grid *g, uint64_t word) {
  uint64_t seen;
  for (;; word = seen) {
    if (!can_end(word))
      return false;
    seen = arch_cas_rlx_gpu(&g->barrier, word, word | ENDING * HINT);
    if (seen == word)
      break;
  }
  uint32_t generation = HDL_BARRIER_GENERATION(word);
  arch_fence_acq_rel_gpu(); /* E2 */
  if (hdl_cancellation())
    hdl_cancel_barrier_ends(&g->region, generation); /* C6 */
  arch_store_rlx_gpu(&g->hint, 0u);                  /* B6 */
  arch_add_rel_dev(&g->barrier, -(ENDING * HINT));   /* E1 */
  hdl_tell_state(HDL_STATE(generation, 0));
  return true;
}

/* One thread or task less is busy in the region of `g`. */
static void leave_region(struct hdl_grid *g) {
  uint64_t word = arch_add_rel_dev(&g->barrier, -BUSY) - BUSY; /* E1 */
  if (can_end(word))
    end(g, word);
}

/* Whether `team` is the region of a grid team, not of a league, which lies in
 * shared memory and has its own barrier. */
static inline bool is_grid_region(const struct hdl_thread *t,
                                  const struct hdl_team *team) {
  return team == &t->grid->region && !hdl_in_league();
}

/* Count the calling thief in (B3).  False if it must not steal. */
HDL_OUTLINE bool hdl_team_enter_busy(struct hdl_thread *t,
                                     struct hdl_team *team) {
  if (is_grid_region(t, team)) {
    uint64_t word = arch_add_rlx_dev(&t->grid->barrier, BUSY);
    if (hdl_barrier_hint(word) != ENDING &&
        !is_over(t, hdl_barriers_over(word)))
      return true;
    leave_region(t->grid); /* B8 */
    return false;
  }
  if (!(arch_add_rlx_gpu(&team->busy, 1u) & HDL_TEAM_CLOSED))
    return true;
  arch_add_rlx_gpu(&team->busy, (uint32_t)-1);
  return false;
}

HDL_OUTLINE void hdl_team_leave_busy(struct hdl_thread *t,
                                     struct hdl_team *team) {
  if (is_grid_region(t, team))
    leave_region(t->grid);
  else
    arch_add_acq_rel_gpu(&team->busy, (uint32_t)-1); /* E5 */
}

/* The calling thread is about to make something public.  If it is a member of the
 * region, it is the first time in this generation (B4); it may be in serialized
 * regions of its own, whose team its tasks are not of. */
HDL_OUTLINE void hdl_team_first_hint(struct hdl_thread *t) {
  const struct hdl_team *team = t->team;
  while (team->kind == HDL_TEAM_SERIAL)
    team = team->parent;
  if (!is_grid_region(t, team))
    return;
  t->hinted = t->generation + 1;
  hdl_block()->gave = true; /* B9 */
  arch_or_rlx_gpu(&t->grid->barrier, hdl_barrier_hint_of(t->generation) * HINT);
}

/* Count a task of `team` that no counted thread has (B7), by a member or when
 * another one is counted.  The other teams' barriers have no counter that ends
 * them: they look at `held`. */
void hdl_team_hold(struct hdl_thread *t, struct hdl_team *team) {
  if (!is_grid_region(t, team)) {
    arch_add_rlx_gpu(&team->held, 1u);
    return;
  }
  hdl_team_mark(t);
  uint64_t word = arch_add_rlx_dev(&t->grid->barrier, BUSY);
  if (busy_in(word) == MOST_BUSY)
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "more than 16 million tasks at a time that have a priority or "
              "an event",
              NULL, 0, 0);
}

void hdl_team_unhold(struct hdl_thread *t, struct hdl_team *team) {
  if (is_grid_region(t, team))
    leave_region(t->grid);
  else
    arch_add_acq_rel_gpu(&team->held, (uint32_t)-1); /* E5 */
  arch_progress();
}

/* A member waits for the others, which takes them long: it helps them. */
HDL_OUTLINE static void await_members(struct hdl_thread *t,
                                      const struct ident *loc) {
  struct hdl_team *team = t->team;
  struct hdl_backoff pause = {0};
  for (;;) {
    struct hdl_worker *victim = hdl_task_victim(t, team);
    bool full = hdl_watch(t, victim);
    if (is_over(t, HDL_STATE_GENERATION(hdl_seen_state())))
      return;
    if ((t->priorities && hdl_priority_run(t, false)) ||
        (full && hdl_task_steal(t, team, victim, false)) ||
        hdl_event_run(t, team, false))
      pause.ns = 0;
    else
      hdl_backoff(&pause, 128, "barrier", ident_where(loc));
  }
}

/* The barrier at which the calling member waits is over. */
static inline void passed(struct hdl_thread *t) {
  t->generation += HDL_GENERATION;
  hdl_watch_done(); /* E1 */
}

HDL_OUTLINE static void await_long(const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  await_members(t, loc);
  passed(t);
}

/* The calling thread is the last of all to arrive, at a barrier in which tasks were
 * public; the word is `word`. */
HDL_OUTLINE static void end_long(const struct ident *loc, uint64_t word) {
  struct hdl_thread *t = hdl_warp_thread();
  if (!end(t->grid, word))
    await_members(t, loc);
  passed(t);
}

/* What the last member of a block to arrive finds. */
enum found {
  FOUND_OTHERS_MISSING = 0,
  FOUND_OVER,
  FOUND_HINT, /* all have come, and somebody has to end it (B5) */
};

/* The last member of the block has arrived.  Stores the word. */
static inline enum found block_arrives(struct hdl_thread *t, uint64_t *word) {
  struct hdl_block *b = hdl_block();
  struct hdl_grid *g = t->grid;
  bool public = b->gave;
  b->gave = false;
  if (hdl_cancellation()) /* there is something to do in the end */
    hdl_team_first_hint(t);
  else if (t->weight == HDL_ARRIVALS && !public) { /* B9 */
    arch_fence_acq_rel_cta(); /* for those of the block who poll the word */
    arch_add_rlx_dev(&g->barrier, HDL_ARRIVALS * ARRIVAL);
    hdl_tell_state(HDL_STATE(t->generation + HDL_GENERATION, 0));
    return FOUND_OVER;
  }
  uint64_t weight = t->weight * ARRIVAL;                  /* B2 */
  *word = arch_add_rel_dev(&g->barrier, weight) + weight; /* E1 */
  if (arrivals_in(*word) != 0)
    return FOUND_OTHERS_MISSING;
  if (hdl_barrier_hint(*word) != 0) /* B4 */
    return FOUND_HINT;
  arch_fence_acq_rel_gpu(); /* E2 */
  hdl_tell_state(HDL_STATE(HDL_BARRIER_GENERATION(*word), 0));
  return FOUND_OVER;
}

/* Be the one thread of the block that polls, until the barrier that is not over by
 * `state` is, or tasks are public, or the block has been told, or `until`. */
static inline void poll(struct hdl_block *b, uint64_t state, uint32_t until) {
  const struct hdl_grid *g = b->grid;
  do {
    uint64_t word = arch_load_rlx_dev(&g->barrier);
    uint32_t hint = arch_load_rlx_dev(&g->hint);
    if (hdl_is_told(hdl_seen_fork(), state)) /* while they travel */
      break;
    uint64_t now = HDL_STATE(hdl_barriers_over(word), hint);
    if (now != state) {
      arch_fence_acq_rel_gpu(); /* W1 */
      hdl_tell_state(now);
      break;
    }
  } while ((int32_t)(until - arch_ticks()) > 0);
  arch_store_rel_cta(&b->poller, (uint32_t)0); /* W3 */
}

/* All of what is usual is in this function, and what else there is ends it: calls,
 * and saving registers for them, would take longer than the rest. */
static inline void barrier_without_tasks(const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_block *b = hdl_block();
  uint32_t last = t->members - 1;
  uint64_t word = 0;
  /* The last one makes it 0: nobody arrives before the barrier is over. */
  enum found found = arch_inc_acq_rel_cta(&b->arrived, last) == last /* E4 */
                         ? block_arrives(t, &word)
                         : FOUND_OTHERS_MISSING;
  if (found == FOUND_OVER) {
    passed(t);
    return;
  }
  if (found == FOUND_HINT) {
    end_long(loc, word);
    return;
  }
  uint32_t until = arch_ticks() + ARCH_CLOSE_TICKS;
  for (;;) {
    uint64_t state = hdl_seen_state();
    if (is_over(t, HDL_STATE_GENERATION(state)))
      break;
    if (HDL_STATE_HINT(state) != 0 || hdl_has_contexts() ||
        (int32_t)(until - arch_ticks()) < 0) {
      await_long(loc);
      return;
    }
    if (hdl_become_poller(b))
      poll(b, state, until);
    else
      arch_wait(ARCH_CLOSE_NS, "barrier", ident_where(loc));
  }
  passed(t);
}

HDL_OUTLINE static void barrier_with_tasks(const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  hdl_task_run_local(t, t->mark);
  barrier_without_tasks(loc);
}

static inline void barrier(const struct ident *loc) {
  const struct hdl_thread *t = hdl_warp_thread();
  if (t->count | t->lent | t->priorities)
    barrier_with_tasks(loc);
  else
    barrier_without_tasks(loc);
}

HDL_OUTLINE void hdl_region_barrier(const struct ident *loc) { barrier(loc); }

HDL_OUTLINE void hdl_barrier(struct hdl_thread *t, const struct ident *loc) {
  struct hdl_team *team = t->team;
  if (team == &t->grid->region && hdl_is_whole()) {
    hdl_region_barrier(loc);
    return;
  }
  if (team == &t->grid->initial) {
    if (t->id == 0 && t->task->flags & HDL_TASK_IMPLICIT)
      hdl_team_close_initial(t, true);
    return;
  }
  hdl_team_await_events(t, loc);
  if (team->kind == HDL_TEAM_LANES)
    arch_warp_sync(hdl_lanes_region()->mask);
  else if (team->kind == HDL_TEAM_BLOCK)
    hdl_league_barrier(t);
}

/* `barrier` of any other team. */
HDL_OUTLINE static void barrier_elsewhere(const struct ident *loc) {
  if (hdl_is_whole() || !hdl_is_unmade() || hdl_cancellation())
    hdl_barrier(hdl_self(), loc);
  else if (hdl_in_league())
    hdl_league_barrier(NULL);
  else
    arch_warp_sync(hdl_lanes_region()->mask);
}

/* `barrier`, explicit or implied (OpenMP 5.2, 15.3). */
HDL_API void __kmpc_barrier(const struct ident *loc, int32_t gtid) {
  (void)gtid;
  const struct hdl_thread *t = hdl_warp_thread();
  if (hdl_is_whole() && t->team == &t->grid->region)
    barrier(loc);
  else
    barrier_elsewhere(loc);
}
