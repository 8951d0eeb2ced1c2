/* team.c - parallel regions, barriers, and knowing when nobody is busy.
 *
 * Fork: the initial thread describes the region in the grid and releases the
 * fork word {sequence, members}; sleeping threads with a smaller number join.
 * Join is the region's last barrier; then the members sleep again.
 *
 * A barrier must also complete all tasks of the team (OpenMP 5.2, 15.3.1). Both
 * questions, has everybody arrived and is every task done, have one answer in
 * one counter, `busy`: the number of threads of the team that are not idle.
 *
 *   B1  A member is busy from fork, or from the end of the last barrier, to the
 *       moment it has arrived with both parts of its deque empty.  The members
 *       of a block are counted as one until the last of them has arrived, which
 *       they find out among themselves (block->arrived).
 *   B2  A thief counts itself before it takes a task and until it has run it
 *       and everything that came of it.
 *   B3  So while a task exists, busy > 0: its holder is counted, and the thief
 *       is counted before the task leaves the holder's deque.  (The thief tests
 *       the counter's old value before it swaps `top`; the holder that finds
 *       its deque empty has acquired `top`: increment before decrement.)
 *   B4  Whoever takes the counter to 0 ends the barrier, alone: it adds the
 *       blocks back and one to the generation in the upper half.
 *   B5  A thief that finds the old value 0 came too late: it keeps its count
 *       until the generation changes, so that 0 is reached once.
 *
 * The initial team has one member, which never leaves `busy`.  Sleeping threads
 * that run its tasks (as OpenMP 6.0's free agents do) count themselves by B2.
 * They may do so only between the moment the initial thread first makes a task
 * public, which clears CLOSED, and the next fork or the end, which waits until
 * busy is 1 and sets it: so their tasks never mix with a region's.
 *
 *   B6  grid->hint is 0 when no task of the grid is public: whoever ends a
 *       barrier, or closes the initial team, resets it, and there are no tasks
 *       then.  Threads that see 0 need not look for victims.
 *   B7  A detached task whose body has ended, and a task that an event has
 *       released into the grid's list, are in no thread's hands: each counts as
 *       one more until somebody has completed or taken it (event.c).
 *
 * Pairings
 *   E1  a thread's releasing decrement -> the last one's decrement and fence:
 *       the last sees what all did before they became idle; and those that
 *       arrived in its block before it (E4).
 *   E2  the last one's fence and store of `generation` -> hdl_watch_done: so do
 *       all, and `busy` is ready for them.  One fence serves E1 and E2: nothing
 *       of what others did is read in between.
 *   E4  block->arrived, acq_rel increment (cta) by each member: the last of the
 *       block sees what the others did, and passes it on by E1.
 *   E3  releasing store of `fork` -> hdl_watch_done: members see the region; those
 *       of the initial thread's block by its store to the block's copy (W2). */
#include "league.h"
#include "runtime.h"

#define BUSY_ONE           UINT64_C(1)
#define BUSY_CLOSED        (UINT64_C(1) << 31)
#define BUSY_COUNT(w)      ((uint32_t)(w) & 0x7fffffffu)
#define BUSY_GENERATION(w) ((uint32_t)((w) >> 32))

/* One thread less is busy in the region of `g`, which is no league's.  Returns
 * true if that ended a barrier. */
static bool leave_region(struct hdl_grid *g) {
  struct hdl_team *team = &g->region;
  uint64_t counted = team->counted; /* read early: it may come from far */
  uint64_t old = arch_add_rel_dev(&team->busy, -BUSY_ONE); /* E1 */
  if (BUSY_COUNT(old) != 1)
    return false;
  arch_add_rlx_dev(&team->busy, (UINT64_C(1) << 32) + counted); /* B4 */
  if (hdl_cancellation()) {
    arch_fence_acq_rel_gpu(); /* C6 */
    hdl_cancel_barrier_ends(team, BUSY_GENERATION(old) + 1);
  }
  arch_fence_acq_rel_gpu();                  /* E1, E2 */
  uint64_t state = BUSY_GENERATION(old) + 1; /* B6 */
  arch_store_rlx_dev(&g->state, state);      /* E2 */
  hdl_tell_block(hdl_seen_fork(), state);
  arch_progress();
  return true;
}

/* One thread less is busy in `team`.  The region of a league lies in shared
 * memory; only its detached tasks are counted, and its barrier asks for them. */
static void leave_busy(struct hdl_grid *g, struct hdl_team *team) {
  if (team == &g->region && !hdl_in_league())
    leave_region(g);
  else
    arch_add_acq_rel_gpu(&team->busy, -BUSY_ONE); /* E1 */
}

/* Whether the barrier at which `t` waits is over, by the block's copy of the
 * state.  That may be older than the region: compare signed. */
static inline bool is_over(const struct hdl_thread *t, uint64_t state) {
  return (int32_t)(HDL_STATE_GENERATION(state) - t->generation) > 0;
}

/* A member of the region has arrived at its barrier.  Returns true if that
 * ended it. */
static bool arrive(struct hdl_thread *t) {
  struct hdl_block *b = hdl_block();
  uint32_t last = t->members - 1;
  /* The last one makes it 0: nobody arrives before E2. */
  return arch_inc_acq_rel_cta(&b->arrived, last) == last /* E4 */ &&
         leave_region(t->grid);
}

/* State of both teams when a launch begins. */
void hdl_team_reset(struct hdl_grid *g, struct hdl_icv icv) {
  g->initial.busy = BUSY_CLOSED | BUSY_ONE;
  g->initial.kind = HDL_TEAM_GRID;
  g->initial.size = 1;
  g->initial.icv = icv;
  g->initial.cancel = (struct hdl_cancellation){0};
  g->initial.held = 0;
  g->initial.handed = 0;
  g->region.kind = HDL_TEAM_GRID;
  g->region.busy = 0;
  g->region.counted = 0;
  g->region.over = 0;
  g->loops = HDL_LOOPS;
  g->state = 0;
}

/* Count the calling thief in (B2).  False if it must not steal. */
HDL_OUTLINE bool hdl_team_enter_busy(struct hdl_thread *t,
                                     struct hdl_team *team) {
  uint64_t old = arch_add_rlx_gpu(&team->busy, BUSY_ONE);
  if (old & BUSY_CLOSED) {
    arch_add_rlx_gpu(&team->busy, -BUSY_ONE);
    return false;
  }
  if (BUSY_COUNT(old) != 0)
    return true;
  struct hdl_backoff pause = {0};
  while (BUSY_GENERATION(arch_load_rlx_gpu(&team->busy)) ==
         BUSY_GENERATION(old))
    hdl_backoff(&pause, 256, "end of a barrier", NULL); /* B5 */
  leave_busy(t->grid, team);
  return false;
}

HDL_OUTLINE void hdl_team_leave_busy(struct hdl_thread *t,
                                     struct hdl_team *team) {
  leave_busy(t->grid, team);
}

/* Let sleeping threads run tasks of the initial team.  Called by whoever makes
 * one public; only the initial thread can be the first. */
HDL_OUTLINE void hdl_team_open_initial(struct hdl_thread *t) {
  if (t->id != 0 || t->open)
    return;
  t->open = 1;
  arch_add_acq_rel_gpu(&t->grid->initial.busy, -BUSY_CLOSED);
}

/* Count a task of `team` that no counted thread has, in event.c.  The other
 * teams' barriers have no counter that ends them: they look at `held`. */
void hdl_team_hold(struct hdl_thread *t, struct hdl_team *team) {
  if (team == &t->grid->region)
    arch_add_rlx_gpu(&team->busy, BUSY_ONE);
  else
    arch_add_rlx_gpu(&team->held, 1u);
}

void hdl_team_unhold(struct hdl_thread *t, struct hdl_team *team) {
  if (team == &t->grid->region)
    leave_busy(t->grid, team);
  else
    arch_add_acq_rel_gpu(&team->held, (uint32_t)-1); /* E1 */
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
        arch_fence_acq_rel_gpu(); /* E1 ... but in the lists */
      return;
    }
    uint64_t busy = arch_load_rlx_gpu(&team->busy);
    if (!held && BUSY_COUNT(busy) == 1 &&
        arch_cas_acq_rel_gpu(&team->busy, busy, busy | BUSY_CLOSED) == busy) {
      /* Nobody else runs a task now, so that no task comes to be held. */
      if (!is_held(t, events)) {
        t->open = 0;                     /* E1: what helpers did is seen */
        arch_store_rlx_gpu(&g->hint, 0); /* B6 */
        return;
      }
      arch_add_acq_rel_gpu(&team->busy, -BUSY_CLOSED);
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
  arch_fence_acq_rel_gpu(); /* E1 */
}

/* A member waits for the others, which takes them long: it helps them. */
HDL_OUTLINE static void await_members(struct hdl_thread *t,
                                      const struct ident *loc) {
  struct hdl_team *team = t->team;
  struct hdl_backoff pause = {0};
  for (;;) {
    struct hdl_worker *victim = hdl_task_victim(t, team);
    bool full = hdl_watch(t, victim);
    if (is_over(t, hdl_seen_state()))
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
    if (!is_over(t, state)) {
      if (HDL_STATE_HINT(state) == 0 && !hdl_has_contexts()) {
        hdl_watch_closely(fork, state, "barrier");
        state = hdl_seen_state();
      }
      if (!is_over(t, state))
        await_members(t, loc);
    }
  }
  t->generation++;
  hdl_watch_done(); /* E2 */
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
  team->start = t->generation; /* of the last region's end, as in `busy` */
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
  /* A late thief of the last region may hold a count (B5), so we adjust it
   * rather than set it. */
  uint32_t blocks = (n + warps - 1) / warps;
  if (blocks != counted) {
    arch_add_rlx_gpu(&team->busy, (uint64_t)blocks - counted);
    team->fan = hdl_reduce_fan(blocks);
    team->counted = blocks;
  }
  team->tag = tags;
  team->reduced = 0;
  uint64_t fork = (uint64_t)seq << 32 | n;
  arch_store_rel_dev(&g->fork, fork); /* E3 */
  hdl_tell_block(fork, hdl_seen_state());
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
