/* team.c - parallel regions, barriers, and knowing when nobody is busy.
 *
 * Fork: the initial thread describes the region in the grid and releases the
 * fork word {sequence, members}; sleeping threads with a smaller number join.
 * Join is the region's last barrier; then the members sleep again.
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
 *       deque.  (The thief counts itself before it swaps `top`; the holder that
 *       finds its deque empty has acquired `top`.)
 *   B4  HINT is 0 unless tasks have been made public since the last barrier: then
 *       it is 1 or 2, with the generation's lowest bit.  Who makes tasks public
 *       sets it before it arrives.  When all have arrived and it is 0, there are
 *       no tasks, and the barrier is over with the carry.
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
 *       waits came too late: the tasks that there may be are not for it.
 *   B9  A region in one block ends its barriers there, unless one of its threads
 *       has made something public since the last (block->gave).  The word is kept
 *       up to date for later regions, whose fork orders that.
 *
 * The initial team has one member, which is always busy.  Sleeping threads that run
 * its tasks (as OpenMP 6.0's free agents do) count themselves in its `busy`, by
 * B3.  They may do so only between the moment the initial thread first makes a task
 * public, which clears CLOSED, and the next fork or the end, which waits until
 * busy is 1 and sets it: so their tasks never mix with a region's.
 *
 * Pairings
 *   E1  A thread's releasing addition to `barrier` -> polls that see the barrier
 *       over, and hdl_watch_done: all changes of the word are atomic, so that who
 *       reads the last one synchronises with each.
 *   E2  The same -> who ends it, and its fence: for its own block it has seen it.
 *   E4  block->arrived, acq_rel increment (cta) by each member: the last of the
 *       block sees what the others did, and passes it on by E1.
 *   E3  releasing store of `fork` -> hdl_watch_done: members see the region; those
 *       of the initial thread's block by its store to the block's copy (W2).
 *   E5  decrement of the initial team's `busy`, acq_rel -> its swap by the initial
 *       thread: it sees what helpers did. */
#include "league.h"
#include "runtime.h"

#define CLOSED   (UINT32_C(1) << 31)
#define BUSY     UINT64_C(1)
#define HINT     (UINT64_C(1) << 24)
#define ARRIVAL  (UINT64_C(1) << 26)
#define ARRIVALS (UINT32_C(1) << 14)

enum { MOST_BUSY = (1 << 24) - 1, ENDING = 3 };

static inline uint32_t busy_in(uint64_t word) { return word & MOST_BUSY; }
static inline uint32_t hint_in(uint64_t word) { return word / HINT & ENDING; }
static inline uint32_t arrivals_in(uint64_t word) {
  return word / ARRIVAL & (ARRIVALS - 1);
}

/* What HINT is if tasks have been made public in `generation`. */
static inline uint32_t hint_of(uint32_t generation) {
  return 1 + (generation / HDL_GENERATION & 1);
}

/* All have arrived at a barrier in which tasks were public, and none is left. */
static inline bool can_end(uint64_t word) {
  return busy_in(word) == 0 &&
         hint_in(word) ==
             hint_of(HDL_BARRIER_GENERATION(word) - HDL_GENERATION);
}

/* How many barriers are over by `word`; see B5. */
uint32_t hdl_barriers_over(uint64_t word) {
  uint32_t generation = HDL_BARRIER_GENERATION(word), hint = hint_in(word);
  bool ends = hint == ENDING || hint == hint_of(generation - HDL_GENERATION);
  return ends ? generation - HDL_GENERATION : generation;
}

/* Whether the barrier at which `t` waits is over, by how many are.  That may be
 * older than the region: compare signed. */
static inline bool is_over(const struct hdl_thread *t, uint32_t over) {
  return (int32_t)(over - t->generation) > 0;
}

/* The barrier before `generation` is over: those in the caller's block need not
 * look.  Returns true. */
static bool tell_block(uint32_t generation) {
  arch_fence_acq_rel_gpu(); /* E2 */
  hdl_tell_block(hdl_seen_fork(), HDL_STATE(generation, 0));
  arch_progress();
  return true;
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
  return tell_block(generation);
}

/* One thread or task less is busy in the region of `g`. */
static void leave_region(struct hdl_grid *g) {
  uint64_t word = arch_add_rel_dev(&g->barrier, -BUSY) - BUSY; /* E1 */
  if (can_end(word))
    end(g, word);
}

/* A member of the region has arrived at its barrier.  Returns true if that
 * ended it. */
static bool arrive(struct hdl_thread *t) {
  struct hdl_block *b = hdl_block();
  struct hdl_grid *g = t->grid;
  uint32_t last = t->members - 1;
  /* The last one makes it 0: nobody arrives before the barrier is over. */
  if (arch_inc_acq_rel_cta(&b->arrived, last) != last) /* E4 */
    return false;
  bool public = b->gave;
  b->gave = false;
  if (hdl_cancellation()) /* there is something to do in the end */
    hdl_team_first_hint(t);
  else if (t->weight == ARRIVALS && !public) { /* B9 */
    uint32_t over = t->generation + HDL_GENERATION;
    arch_add_rlx_dev(&g->barrier, ARRIVALS * ARRIVAL);
    hdl_tell_block(hdl_seen_fork(), HDL_STATE(over, 0));
    arch_progress();
    return true;
  }
  uint64_t weight = t->weight * ARRIVAL;                          /* B2 */
  uint64_t word = arch_add_rel_dev(&g->barrier, weight) + weight; /* E1 */
  if (arrivals_in(word) != 0)
    return false;
  if (hint_in(word) == 0) /* B4 */
    return tell_block(HDL_BARRIER_GENERATION(word));
  return end(g, word);
}

/* State of both teams when a launch begins. */
void hdl_team_reset(struct hdl_grid *g, struct hdl_icv icv) {
  g->initial.busy = CLOSED | 1;
  g->initial.kind = HDL_TEAM_GRID;
  g->initial.size = 1;
  g->initial.icv = icv;
  g->initial.cancel = (struct hdl_cancellation){0};
  g->initial.held = 0;
  g->initial.handed = 0;
  g->region.kind = HDL_TEAM_GRID;
  g->region.counted = 0;
  g->region.over = 0;
  g->loops = HDL_LOOPS;
  g->barrier = 0;
  g->hint = 0;
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
    if (!is_over(t, hdl_barriers_over(word)))
      return true;
    leave_region(t->grid); /* B8 */
    return false;
  }
  if (!(arch_add_rlx_gpu(&team->busy, 1u) & CLOSED))
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

/* The calling member of the region is the first time in this generation about to
 * make something public (B4). */
HDL_OUTLINE void hdl_team_first_hint(struct hdl_thread *t) {
  t->hinted = t->generation + 1;
  hdl_block()->gave = true; /* B9 */
  if (!hdl_in_league())
    arch_or_rlx_gpu(&t->grid->barrier, hint_of(t->generation) * HINT);
}

/* Let sleeping threads run tasks of the initial team.  Called by whoever makes
 * one public; only the initial thread can be the first. */
HDL_OUTLINE void hdl_team_open_initial(struct hdl_thread *t) {
  if (t->id != 0 || t->open)
    return;
  t->open = 1;
  arch_add_acq_rel_gpu(&t->grid->initial.busy, CLOSED);
}

/* Count a task of `team` that no counted thread has (B7), by a member or when
 * another one is counted.  The other teams' barriers have no counter that ends
 * them: they look at `held`. */
void hdl_team_hold(struct hdl_thread *t, struct hdl_team *team) {
  if (!is_grid_region(t, team)) {
    arch_add_rlx_gpu(&team->held, 1u);
    return;
  }
  if (t->team == team && t->hinted != t->generation + 1)
    hdl_team_first_hint(t);
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

/* Whether there can be a task of the initial team that no thread has: it waits in
 * the list of priority.c, or for its event if that is awaited. */
static bool may_be_held(const struct hdl_thread *t, bool events) {
  return t->priorities || (hdl_uses_depend && events);
}

/* Whether there is one. */
static bool is_held(const struct hdl_thread *t, bool events) {
  const struct hdl_grid *g = t->grid;
  return (t->priorities && arch_load_rlx_gpu(&g->prior) != 0) || /* Q2 */
         (hdl_uses_depend && events &&
          arch_load_rlx_gpu(&g->initial.held) != 0);
}

/* Run and await all tasks of the initial team, then turn thieves away.  Tasks
 * that only lack their event are awaited if `events`: before a parallel region
 * they are not, because it may fulfill them. */
HDL_OUTLINE void hdl_team_close_initial(struct hdl_thread *t, bool events) {
  struct hdl_grid *g = t->grid;
  struct hdl_team *team = &g->initial;
  struct hdl_backoff pause = {0};
  for (;;) {
    hdl_task_run_local(t, t->mark);
    bool held = is_held(t, events);
    if (!held && !t->open) { /* none is or was public ... */
      if (may_be_held(t, events))
        arch_fence_acq_rel_gpu(); /* E5 ... but in the lists */
      return;
    }
    if (!held && arch_load_rlx_gpu(&team->busy) == 1 &&
        arch_cas_acq_rel_gpu(&team->busy, 1, 1 | CLOSED) == 1) { /* E5 */
      /* Nobody else runs a task now, so that no task comes to be held. */
      if (!is_held(t, events)) {
        t->open = 0;
        arch_store_rlx_gpu(&g->hint, 0u); /* B6 */
        return;
      }
      arch_add_acq_rel_gpu(&team->busy, CLOSED);
    }
    struct hdl_worker *victim = hdl_task_victim(t, team);
    bool full = hdl_watch(t, victim);
    if ((t->priorities && hdl_priority_run(t, true)) ||
        (full && hdl_task_steal(t, team, victim, true)) ||
        hdl_event_run(t, team, true))
      pause.ns = 0;
    else
      hdl_backoff(&pause, 256, "tasks of the initial thread", NULL);
  }
}

/* Where tasks are undeferred, they may still lack their event. */
HDL_OUTLINE void hdl_team_await_events(struct hdl_thread *t,
                                       const struct ident *loc) {
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&t->team->held) != 0) {
    hdl_task_expose(t);
    hdl_backoff(&pause, 256, "events of detached tasks", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* E5 */
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

/* The barrier of a region of the grid. */
static inline void barrier(const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  if (t->count | t->lent | t->priorities)
    hdl_task_run_local(t, t->mark);
  if (!arrive(t)) {
    uint64_t fork = hdl_seen_fork(), state = hdl_seen_state();
    if (!is_over(t, HDL_STATE_GENERATION(state))) {
      if (HDL_STATE_HINT(state) == 0 && !hdl_has_contexts()) {
        hdl_watch_closely(fork, state, "barrier");
        state = hdl_seen_state();
      }
      if (!is_over(t, HDL_STATE_GENERATION(state)))
        await_members(t, loc);
    }
  }
  t->generation += HDL_GENERATION;
  hdl_watch_done(); /* E1 */
}

HDL_OUTLINE void hdl_barrier(struct hdl_thread *t, const struct ident *loc) {
  struct hdl_team *team = t->team;
  if (team == &t->grid->region && hdl_is_whole()) {
    barrier(loc);
    return;
  }
  if (team == &t->grid->initial) {
    if (t->id == 0 && t->task->flags & HDL_TASK_IMPLICIT)
      hdl_team_close_initial(t, true);
    return;
  }
  hdl_team_await_events(t, loc);
  if (team->kind == HDL_TEAM_LANES)
    arch_warp_sync(team->mask);
  else if (team->kind == HDL_TEAM_BLOCK)
    hdl_league_barrier(t);
}

/* The end of the region. */
static inline void join(struct hdl_thread *t, const struct ident *loc) {
  if (hdl_cancellation())
    hdl_cancel_end(t, loc);
  else
    barrier(loc);
}

/* The calling thread, which is a warp, takes part in the region as `num`, with
 * `task`. */
static inline void enter(struct hdl_thread *t, struct hdl_team *team,
                         uint32_t num, struct hdl_task *task) {
  t->team = team;
  t->num = num;
  t->generation = team->start;
  t->members = hdl_block_members(hdl_block(), team);
  t->weight = hdl_block()->first == 0 ? ARRIVALS + 1 - team->counted : 1;
  hdl_worksharing_begin(&t->ws);
  t->group = NULL;
  t->mark = t->bottom + t->count;
  t->task = task;
  t->allocator = team->allocator;
  hdl_task_init_implicit(task, team->icv);
}

/* It takes part in the region just forked. */
HDL_OUTLINE void hdl_team_member(void) {
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_team *team = &t->grid->region;
  enter(t, team, t->id, &t->worker->implicit);
  hdl_region_call(team->fn, team->thunk, t->num, (uint32_t)team->nargs,
                  team->arg);
  join(t, NULL);
  hdl_graph_end(t);
  t->team = &t->grid->initial;
  t->num = 0;
}

/* A region on all of the grid, by the initial thread, outside any task. */
HDL_OUTLINE void hdl_team_fork(uint32_t n, void *fn, region_thunk *thunk,
                               const uint64_t *args, uint32_t nargs,
                               const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_grid *g = t->grid;
  struct hdl_team *team = &g->region;
  if (t->count | t->lent | t->open | t->priorities)
    hdl_team_close_initial(t, false);

  uint32_t warps = g->block_warps, counted = team->counted, loops = g->loops;
  uint32_t tags = g->tags, seq = (uint32_t)(g->fork >> 32) + 1;
  team->size = n;
  team->start = t->generation; /* of the last region's end, as in `barrier` */
  team->nargs = nargs;
  team->fn = fn;
  team->thunk = thunk;
  team->icv = t->task->icv;
  team->allocator = t->allocator;
  team->level = 1;
  team->active_level = 1;
  team->parent = &g->initial;
  team->parent_num = 0;
  team->singles = 0;
  team->cancel = (struct hdl_cancellation){0};
  for (uint32_t i = 0; i < nargs; i++)
    team->arg[i] = args[i];
  hdl_team_reset_loops(team, loops);
  uint32_t blocks = (n + warps - 1) / warps;
  if (blocks != counted) {
    team->fan = hdl_reduce_fan(blocks);
    team->counted = blocks;
  }
  team->tag = tags;
  team->reduced = 0;
  uint64_t fork = (uint64_t)seq << 32 | n;
  if (blocks > 1)
    arch_store_rel_dev(&g->fork, fork); /* E3 */
  hdl_tell_block(fork, hdl_seen_state());
  if (blocks == 1) /* only that others need not look again */
    arch_store_rlx_dev(&g->fork, fork);
  arch_progress();

  /* The primary thread is the initial thread with another implicit task. */
  struct hdl_task *outer = t->task;
  struct hdl_group *group = t->group;
  struct hdl_worksharing ws;
  hdl_copy(&ws, &t->ws, sizeof ws);
  uint32_t mark = t->mark;
  enter(t, team, 0, &team->implicit);
  hdl_region_call(fn, thunk, 0, nargs, args);
  join(t, loc);
  hdl_graph_end(t);
  t->allocator = team->allocator;
  g->loops = t->ws.loops; /* every member has met the same loops */
  /* And reductions; in a cancelled region a few more (R2 in reduce.c). */
  g->tags = tags + t->ws.reductions + HDL_REDUCTIONS;
  if (hdl_cancelled_region(t))
    hdl_cancel_tidy(g);
  t->team = &g->initial;
  t->task = outer;
  t->group = group;
  hdl_copy(&t->ws, &ws, sizeof ws);
  t->mark = mark;
}

/* `barrier`, explicit or implied (OpenMP 5.2, 15.3). */
HDL_API void __kmpc_barrier(const struct ident *loc, int32_t gtid) {
  (void)gtid;
  if (hdl_is_whole() || !hdl_is_unmade() || hdl_cancellation())
    hdl_barrier(hdl_self(), loc);
  else if (hdl_in_league())
    hdl_league_barrier(NULL);
  else
    arch_warp_sync(hdl_lanes_team()->mask);
}

/* Called only by the wrappers that clang makes for LLVM's state machine, which
 * we never call. */
HDL_API void __kmpc_get_shared_variables(void ***args) {
  (void)args;
  hdl_fault(HDL_FAULT_IMAGE,
            "it calls the wrapper of a parallel region, which only LLVM's own "
            "device runtime uses",
            NULL, 0, 0);
}
