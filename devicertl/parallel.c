/* parallel.c - `parallel` (OpenMP 5.2, 10.1): which team a region gets.
 *
 * The grid, if the initial thread meets it outside of any region (team.c); lanes
 * of the own warp elsewhere (lanes.c); else the encountering thread alone. */
#include "league.h"
#include "runtime.h"

/* How many threads a parallel region asks for (OpenMP 5.2, 10.1.1), where there
 * can be `all`. */
static inline uint32_t requested(const struct hdl_thread *t,
                                 int32_t num_threads, uint32_t all) {
  uint32_t n = num_threads > 0 ? (uint32_t)num_threads : t->task->icv.nthreads;
  if (num_threads <= 0 && n == HDL_ALL_THREADS)
    n = all;
  return n < 1 ? 1 : n > all ? all : n;
}

/* Wait until the launched blocks that hold the first `n` threads are here, or
 * until no block has arrived for so long that the rest cannot run now.  Returns
 * how many of the `n` are here. */
HDL_OUTLINE static uint32_t await_arrivals(struct hdl_thread *t, uint32_t n) {
  struct hdl_grid *g = t->grid;
  struct hdl_backoff pause = {0};
  uint32_t seen = 0;
  uint64_t since = g->start_ns;
  for (;;) {
    uint32_t blocks = arch_load_rlx_gpu(&g->tickets);
    if (blocks * g->block_warps >= n)
      return n;
    uint64_t now = arch_clock_ns();
    if (blocks != seen) {
      seen = blocks;
      since = now;
    } else if (now - since > ARCH_ARRIVAL_NS) {
      return blocks * g->block_warps;
    }
    hdl_backoff(&pause, 200, "arrival of blocks", NULL);
  }
}

/* A team of one: the encountering thread runs the region itself. */
HDL_OUTLINE void hdl_team_run_serial(struct hdl_thread *t, void *fn,
                                     region_thunk *thunk, const uint64_t *args,
                                     uint32_t nargs) {
  struct hdl_team *outer_team = t->team;
  struct hdl_task *outer = t->task;
  struct hdl_group *group = t->group;
  struct hdl_worksharing ws;
  hdl_copy(&ws, &t->ws, sizeof ws);
  uint64_t allocator = t->allocator;
  uint32_t num = t->num, mark = t->mark, defers = t->defers;
  struct serial {
    struct hdl_team team;
    struct hdl_task task;
  } *s = hdl_stack_push(t, sizeof *s);
  s->team.kind = HDL_TEAM_SERIAL;
  s->team.size = 1;
  s->team.level = outer_team->level + 1;
  s->team.active_level = outer_team->active_level;
  s->team.parent = outer_team;
  s->team.parent_num = num;
  s->team.singles = 0;
  s->team.cancel = (struct hdl_cancellation){0};
  s->team.held = 0;
  s->team.handed = 0;
  hdl_task_init_implicit(&s->task, outer->icv);
  s->task.flags |= outer->flags & HDL_TASK_FINAL;
  t->team = &s->team;
  hdl_task_switch(t, &s->task);
  t->group = NULL;
  t->num = 0;
  t->defers = 0;
  hdl_worksharing_begin(&t->ws);
  t->mark = t->bottom + t->count;
  hdl_region_call(fn, thunk, 0, nargs, args);
  hdl_team_await_events(t, NULL);
  hdl_graph_end(t);
  t->team = outer_team;
  t->allocator = allocator;
  hdl_task_switch(t, outer);
  t->group = group;
  t->num = num;
  t->defers = defers;
  hdl_copy(&t->ws, &ws, sizeof ws);
  t->mark = mark;
  hdl_stack_pop(t, s);
}

/* A region that must not have other threads: an address in the caller's local
 * memory is among the captured values. */
HDL_OUTLINE static void run_unshared(struct hdl_thread *t,
                                     const struct ident *loc, void *fn,
                                     region_thunk *thunk, const uint64_t *slots,
                                     uint32_t count) {
  hdl_note(HDL_NOTE_LOCAL_REGION, NULL, ident_where(loc), 0);
  hdl_team_run_serial(t, fn, thunk, slots, count);
}

/* What follows is in pieces that end in a call: then none has to save a
 * register for the others. */

/* `parallel` by the initial thread of a grid, outside any region. */
HDL_OUTLINE static void parallel_grid(const struct ident *loc, uint32_t n,
                                      void *fn, region_thunk *thunk,
                                      const uint64_t *slots, uint32_t count) {
  struct hdl_thread *t = hdl_warp_thread();
  if (n > 1 && hdl_any_local(slots, count * sizeof *slots))
    run_unshared(t, loc, fn, thunk, slots, count);
  else if (n > 1)
    hdl_team_fork(n, fn, thunk, slots, count, loc);
  else
    hdl_team_run_serial(t, fn, thunk, slots, count);
}

/* The same where more threads are asked for than are known to be here. */
HDL_OUTLINE static void parallel_more(const struct ident *loc, uint32_t n,
                                      void *fn, region_thunk *thunk,
                                      const uint64_t *slots, uint32_t count) {
  struct hdl_thread *t = hdl_warp_thread();
  t->come = await_arrivals(t, n);
  parallel_grid(loc, t->come, fn, thunk, slots, count);
}

/* `parallel` elsewhere, by `t`: its team are lanes. */
HDL_OUTLINE static void parallel_lanes(struct hdl_thread *t,
                                       const struct ident *loc, int32_t if_expr,
                                       int32_t num_threads, void *fn,
                                       region_thunk *thunk,
                                       const uint64_t *slots, uint32_t count) {
  bool alone =
      !if_expr || t->team->active_level >= t->task->icv.max_active_levels;
  uint32_t n = alone ? 1 : requested(t, num_threads, ARCH_LANES);
  uint32_t free = n > 1 ? hdl_lanes_for_parallel(t) : 1;
  if (n > free)
    n = free;
  if (n <= 1)
    hdl_team_run_serial(t, fn, thunk, slots, count);
  else if (hdl_any_local(slots, count * sizeof *slots))
    run_unshared(t, loc, fn, thunk, slots, count);
  else
    hdl_lanes_fork(t, n, fn, thunk, slots, count);
}

/* The same by a thread that is a lane. */
HDL_OUTLINE static void parallel_lane(const struct ident *loc, int32_t if_expr,
                                      int32_t num_threads, void *fn,
                                      region_thunk *thunk,
                                      const uint64_t *slots, uint32_t count) {
  parallel_lanes(hdl_self(), loc, if_expr, num_threads, fn, thunk, slots,
                 count);
}

/* `parallel` (OpenMP 5.2, 10.1).  The slots behind `args` are in the calling
 * lane's local memory and are copied here. */
HDL_API void __kmpc_parallel_60(const struct ident *loc, int32_t gtid,
                                int32_t if_expr, int32_t num_threads,
                                int32_t proc_bind, void *fn, void *wrapper,
                                void **args, int64_t nargs, int32_t strict) {
  (void)gtid, (void)proc_bind, (void)strict;
  bool has_thunk = nargs & HDL_NARGS_THUNK;
  region_thunk *thunk = has_thunk ? (region_thunk *)wrapper : NULL;
  uint32_t count = (uint32_t)nargs;
  if (count > HDL_ARGS)
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "a parallel region that captures more than 64 variables",
              ident_where(loc), count, HDL_ARGS);
  if (count > HDL_DIRECT_ARGS && !thunk)
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "a parallel region that captures more than 16 variables, in a "
              "program built without heddle.cfg",
              ident_where(loc), count, HDL_DIRECT_ARGS);
  const uint64_t *slots = (const uint64_t *)args;
  if (hdl_is_whole()) {
    struct hdl_thread *t = hdl_warp_thread();
    if (hdl_forks_grid(t)) {
      bool alone = !if_expr || t->task->icv.max_active_levels == 0;
      uint32_t n = alone ? 1 : requested(t, num_threads, t->grid->workers);
      if (n > 1 && n > t->come)
        parallel_more(loc, n, fn, thunk, slots, count);
      else
        parallel_grid(loc, n, fn, thunk, slots, count);
    } else {
      parallel_lanes(t, loc, if_expr, num_threads, fn, thunk, slots, count);
    }
  } else if (hdl_in_league()) {
    hdl_league_parallel(loc, if_expr, num_threads, fn, thunk, slots, count);
  } else {
    parallel_lane(loc, if_expr, num_threads, fn, thunk, slots, count);
  }
}
