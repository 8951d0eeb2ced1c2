/* team.c - parallel regions on the grid, and the initial team.
 *
 * Fork: the initial thread describes the region in the grid and releases the
 * fork word {sequence, members}; sleeping threads with a smaller number join.
 * Join is the region's last barrier (barrier.c); then the members sleep again.
 *
 * The initial team has one member, which is always busy.  Sleeping threads that run
 * its tasks (as OpenMP 6.0's free agents do) count themselves in its `busy`, as
 * thieves do in a region (B3 in barrier.c).  They may do so only between the moment
 * the initial thread first makes a task public, which clears CLOSED, and the next
 * fork or the end, which waits until busy is 1 and sets it: so their tasks never mix
 * with a region's.
 *
 * Pairings
 *   E3  releasing store of `fork` -> hdl_watch_done: members see the region; those
 *       of the initial thread's block by its store to the block's copy (W2).
 *   E5  decrement of the initial team's `busy`, acq_rel -> its swap by the initial
 *       thread: it sees what helpers did. */
#include "league.h"
#include "runtime.h"

#define CLOSED HDL_TEAM_CLOSED

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

/* Let sleeping threads run tasks of the initial team.  Called by whoever makes
 * one public; only the initial thread can be the first. */
HDL_OUTLINE void hdl_team_open_initial(struct hdl_thread *t) {
  if (t->id != 0 || t->open)
    return;
  t->open = 1;
  arch_add_acq_rel_gpu(&t->grid->initial.busy, CLOSED);
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
        arch_store_rlx_gpu(&g->hint, 0u); /* B6 in barrier.c */
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

/* The end of the region. */
static inline void join(struct hdl_thread *t, const struct ident *loc) {
  if (hdl_cancellation())
    hdl_cancel_end(t, loc);
  else
    hdl_region_barrier(loc);
}

/* The calling thread, which is a warp, takes part in the region as `num`, with
 * `task`. */
static inline void enter(struct hdl_thread *t, struct hdl_team *team,
                         uint32_t num, struct hdl_task *task) {
  t->team = team;
  t->num = num;
  t->generation = team->start;
  t->members = hdl_block_members(hdl_block(), team);
  t->weight = hdl_block()->first == 0 ? HDL_ARRIVALS + 1 - team->counted : 1;
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

/* Called only by the wrappers that clang makes for LLVM's state machine, which
 * we never call. */
HDL_API void __kmpc_get_shared_variables(void ***args) {
  (void)args;
  hdl_fault(HDL_FAULT_IMAGE,
            "it calls the wrapper of a parallel region, which only LLVM's own "
            "device runtime uses",
            NULL, 0, 0);
}
