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

/* State of both teams when a launch begins. */
void hdl_team_reset(struct hdl_grid *g, struct hdl_icv icv) {
  g->initial.busy = HDL_TEAM_CLOSED | 1;
  g->initial.kind = HDL_TEAM_GRID;
  g->initial.size = 1;
  g->initial.icv = icv;
  g->initial.cancel = (struct hdl_cancellation){0};
  g->initial.held = 0;
  g->initial.handed = 0;
  g->region.kind = HDL_TEAM_GRID;
  g->region.level = 1;
  g->region.active_level = 1;
  g->region.parent = &g->initial;
  g->region.parent_num = 0;
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
  arch_add_acq_rel_gpu(&t->grid->initial.busy, HDL_TEAM_CLOSED);
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
        arch_cas_acq_rel_gpu(&team->busy, 1, 1 | HDL_TEAM_CLOSED) ==
            1) { /* E5 */
      /* Nobody else runs a task now, so that no task comes to be held. */
      if (!is_held(t, events)) {
        t->open = 0;
        arch_store_rlx_gpu(&g->hint, 0u); /* B6 in barrier.c */
        return;
      }
      arch_add_acq_rel_gpu(&team->busy, HDL_TEAM_CLOSED);
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
HDL_OUTLINE void hdl_team_await_held(struct hdl_thread *t,
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

/* What a member takes from the region. */
struct part {
  uint32_t region, size, start; /* region: its number */
  struct hdl_icv icv;
  uint64_t allocator;
};

/* The calling thread, which is a warp, takes part in the region as `num`, with
 * `task`. */
static inline void enter(struct hdl_thread *t, struct hdl_team *team,
                         const struct part *part, uint32_t num,
                         struct hdl_task *task) {
  t->team = team;
  t->num = num;
  t->region = part->region;
  t->generation = part->start;
  t->members = hdl_block_members(hdl_block(), part->size);
  t->crowd = part->size;
  hdl_worksharing_begin(&t->ws);
  t->group = NULL;
  t->mark = t->bottom + t->count;
  t->task = task;
  t->children = 0;
  t->allocator = part->allocator;
  hdl_task_init_implicit(task, part->icv);
}

/* It takes part in the region just forked. */
HDL_OUTLINE void hdl_team_member(uint32_t region) {
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_team *team = &t->grid->region;
  struct part part = {region, team->size, team->start, team->icv,
                      team->allocator};
  /* The last to arrive in the initial thread's block arrives for all that are
   * not there (B2 in barrier.c). */
  t->weight = hdl_block()->first == 0 ? HDL_ARRIVALS + 1 - team->counted : 1;
  enter(t, team, &part, t->id, &t->worker->implicit);
  hdl_region_call(team->fn, team->thunk, t->num, (uint32_t)team->nargs,
                  team->arg);
  join(t, NULL);
  hdl_graph_end(t);
  t->team = &t->grid->initial;
  t->num = 0;
}

/* The next region of initial thread `t` has `n` members, unlike the last. */
HDL_OUTLINE static void resize(struct hdl_thread *t, uint32_t n) {
  struct hdl_grid *g = t->grid;
  uint32_t blocks = (n + g->block_warps - 1) / g->block_warps;
  g->region.counted = blocks;
  g->region.fan = hdl_reduce_fan(blocks);
  t->forks_size = n;
  t->weight = HDL_ARRIVALS + 1 - blocks;
}

/* Copy the first `n` words of where a thread is in its constructs. */
static inline void copy_place(struct hdl_worksharing *to,
                              const struct hdl_worksharing *from, uint32_t n) {
  uint64_t *words = (uint64_t *)to;
#pragma clang loop unroll_count(4)
  for (uint32_t i = 0; i < n; i++)
    words[i] = ((const uint64_t *)from)[i];
}

/* The region of `n` threads, from its begin to its end. */
HDL_OUTLINE static void region(uint32_t n, void *fn, region_thunk *thunk,
                               const uint64_t *args, uint32_t nargs,
                               const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_grid *g = t->grid;
  struct hdl_team *team = &g->region;
  struct part part = {++t->forks, n, t->generation, t->task->icv, t->allocator};
  team->size = n;
  team->start = part.start; /* of the last region's end, as in `barrier` */
  team->nargs = nargs;
  team->fn = fn;
  team->thunk = thunk;
  team->icv = part.icv;
  team->allocator = part.allocator;
  team->singles = 0;
  team->reduced = 0;
  team->tag = t->forks_tags;
  if (hdl_cancellation())
    team->cancel = (struct hdl_cancellation){0};
  for (uint32_t i = 0; i < nargs; i++)
    team->arg[i] = args[i];
  uint64_t fork = (uint64_t)part.region << 32 | n;
  bool is_near = t->weight == HDL_ARRIVALS; /* all members are in this block */
  if (!is_near)
    arch_store_rel_dev(&g->fork, fork); /* E3 */
  hdl_tell_block(fork, hdl_seen_state());
  if (is_near) { /* so that others need not look again */
    arch_fence_acq_rel_cta();
    arch_store_rlx_dev(&g->fork, fork);
  }
  arch_progress();

  /* The primary thread is the initial thread with another implicit task. */
  struct hdl_task *outer = t->task;
  struct hdl_group *group = t->group;
  struct hdl_worksharing ws;
  uint32_t words =
      (t->ws.within ? sizeof ws : offsetof(struct hdl_worksharing, trip)) /
      sizeof(uint64_t);
  copy_place(&ws, &t->ws, words);
  outer->open = t->children;
  uint32_t mark = t->mark;
  enter(t, team, &part, 0, &team->implicit);
  hdl_region_call(fn, thunk, 0, nargs, args);
  join(t, loc);
  hdl_graph_end(t);
  t->forks_loops = t->ws.loops; /* every member has met the same loops */
  /* And reductions; in a cancelled region a few more (R2 in reduce.c). */
  t->forks_tags += t->ws.reductions + HDL_REDUCTIONS;
  g->tags = t->forks_tags;
  if (hdl_cancelled_region(t)) {
    hdl_cancel_tidy(g);
    t->forks_loops = HDL_LOOPS;
  }
  t->team = &g->initial;
  hdl_task_switch(t, outer);
  t->group = group;
  t->allocator = part.allocator;
  copy_place(&t->ws, &ws, words);
  t->mark = mark;
}

/* What most regions do not find, that comes before the others. */
HDL_OUTLINE static void region_after(uint32_t n, void *fn, region_thunk *thunk,
                                     const uint64_t *args, uint32_t nargs,
                                     const struct ident *loc) {
  struct hdl_thread *t = hdl_warp_thread();
  if (t->count | t->lent | t->open | t->priorities)
    hdl_team_close_initial(t, false);
  if (n != t->forks_size)
    resize(t, n);
  if (t->forks_loops)
    hdl_team_reset_loops(&t->grid->region, t->forks_loops);
  region(n, fn, thunk, args, nargs, loc);
}

/* A region on all of the grid, by the initial thread, outside any task.  What it
 * needs of earlier ones is in the thread, since all caches are empty after a
 * barrier. */
HDL_OUTLINE void hdl_team_fork(uint32_t n, void *fn, region_thunk *thunk,
                               const uint64_t *args, uint32_t nargs,
                               const struct ident *loc) {
  const struct hdl_thread *t = hdl_warp_thread();
  if (t->count | t->lent | t->open | t->priorities | t->forks_loops ||
      n != t->forks_size)
    region_after(n, fn, thunk, args, nargs, loc);
  else
    region(n, fn, thunk, args, nargs, loc);
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
