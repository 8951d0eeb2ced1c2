/* league.c - leagues of teams (OpenMP 5.2, 10.2): the life of a team.
 *
 * A team is a block.  Its parallel region has the block's lanes as threads, so
 * that loops over arrays run as on any GPU; there is no other warp to be found.
 *
 *   kernel    outside of the region              in the region
 *   generic   lane 0 of warp 0 is the initial    lanes 0 to n-1
 *             thread, the others sleep in a
 *             barrier of the block
 *   SPMD      all lanes execute the same         all lanes
 *
 * Generic kernels: to fork is to describe the region and to come to the
 * barrier, to join is to come to it again.
 *
 *   lane 0 of warp 0                  the others
 *   working                           A: barrier of the block
 *   fork: command, barrier            those in the team run the region
 *   runs the region as thread 0       
 *   join: barrier                     B: barrier of the block, then A
 *
 *   K1  The barrier orders memory in the block: what the initial thread wrote
 *       before A, all see; what they wrote before B, it sees.
 *   K2  Block and struct hdl_league are written by the initial thread while all
 *       others wait in A, or, if they are not about to, by lane 0 of its warp.
 *
 * State.  A lane becomes a struct hdl_thread only when it needs one
 * (hdl_self): for loops that are handed out, single, tasks and what else must
 * be remembered.  Before, it is `unmade`, and its team and number follow from
 * the block's mode.  So a static loop needs no memory but this block's.
 *
 *   K3  bit `lane` of block->made[warp] is set by the lane itself, and cleared
 *       behind the region by lane 0 of the warp, when the warp is idle.  The
 *       initial thread's state outlives regions.
 *   K4  block->lanes[warp] goes from HDL_LANES_LATER to the memory of the
 *       warp's lanes once; it is given back when the kernel ends.
 *
 * Tasks.  In the region they are undeferred.  Those of the initial thread of a
 * generic kernel are deferred, one to a warp: at the first of them the team
 * gets workers, and lane 0 of each warp leaves the barrier to run tasks, as a
 * sleeping thread of the grid team does (kernel.c).  Before a region, and at
 * the end, they are sent back.
 *
 *   K5  Lane 0 of a helping warp comes to A when it has been sent back, so the
 *       next command waits for all of them. */
#include "league.h"
#include "teammem.h"

HDL_BLOCK_LOCAL struct hdl_league hdl_league_here
    __attribute__((loader_uninitialized));
HDL_BLOCK_LOCAL struct hdl_league_launch hdl_league_launch_here
    __attribute__((loader_uninitialized));

/* Memory of the tasks of one team: its workers, and their private stacks. */
struct kit {
  struct kit *next;
  uint32_t size; /* log2 of the workers there is room for */
  struct hdl_worker *worker;
  struct hdl_task **stack; /* HDL_PRIVATE for each */
};
enum { KIT_SIZES = 6 };
static struct {
  struct hdl_ticket_lock lock;
  struct kit *free[KIT_SIZES];
} kits;

static uint32_t block_warps(void) {
  return (arch_ntid() + ARCH_LANES - 1) / ARCH_LANES;
}

/* The lanes of the calling warp that exist. */
static uint32_t warp_mask(void) {
  uint32_t left = arch_ntid() - arch_tid() / ARCH_LANES * ARCH_LANES;
  return left < ARCH_LANES ? (1u << left) - 1 : ~0u;
}

/* ------------------------------------------------------------------------
 * Begin and end */

static void set_up(struct hdl_block *b, bool spmd, enum hdl_mode mode,
                   void *launch) {
  struct hdl_league *l = hdl_league();
  struct hdl_grid *g = &l->grid;
  uint32_t n = arch_ntid();
  b->mode = mode;
  b->grid = g;
  b->first = 0;
  b->warps = block_warps();
  b->poller = 0;
  b->contexts = 0;
  b->cancellation = hdl_settings() & HDL_SETTING_CANCELLATION;
  hdl_league_launch()->launch = launch;
  l->spmd = spmd;
  g->blocks = 1;
  g->block_warps = g->workers = b->warps;
  hdl_team_reset(g, (struct hdl_icv){
                        .nthreads = (uint16_t)n,
                        .max_active_levels = HDL_MAX_LEVELS,
                        .sched = 1, /* omp_sched_static */
                    });
  g->initial.allocator = 1; /* omp_default_mem_alloc */
  struct hdl_team *team = &g->region;
  team->kind = HDL_TEAM_BLOCK;
  team->size = n;
  team->level = 1;
  team->active_level = n > 1;
  team->parent = &g->initial;
  team->icv = g->initial.icv;
  team->allocator = g->initial.allocator;
}

/* All lanes of a block: the team begins in `mode`. */
HDL_OUTLINE void hdl_league_begin(bool spmd, enum hdl_mode mode, void *launch) {
  struct hdl_block *b = hdl_block();
  struct hdl_league *l = hdl_league();
  if (arch_lane() == 0) {
    b->lanes[arch_tid() / ARCH_LANES] = HDL_LANES_LATER;
    b->made[arch_tid() / ARCH_LANES] = 0;
  }
  uint64_t *word = (uint64_t *)l;
  for (uint32_t i = arch_tid();
       i < offsetof(struct hdl_league, stack) / sizeof *word; i += arch_ntid())
    word[i] = 0;
  arch_block_sync();
  if (arch_tid() == 0) {
    set_up(b, spmd, mode, launch);
    if (hdl_uses_alloc)
      hdl_teammem_begin();
    hdl_team_reset_loops(&l->grid.region, HDL_LOOPS);
  }
  if (spmd)
    arch_block_sync();
}

/* The calling warp will need no thread any more. */
HDL_OUTLINE void hdl_league_leave_warp(void) {
  arch_warp_sync(warp_mask());
  if (arch_lane() == 0)
    hdl_league_release(arch_tid() / ARCH_LANES);
}

/* Lane 0 of warp `w` runs the initial thread's tasks (K5). */
static void help(uint32_t w) {
  struct hdl_league *l = hdl_league();
  struct hdl_thread *t = hdl_self();
  struct kit *kit = l->variable;
  t->id = w;
  t->worker = &l->grid.worker[w];
  t->stack = &kit->stack[w * HDL_PRIVATE];
  t->defers = 1;
  hdl_worker_loop(t);
  t->stack = NULL;
  hdl_block()->made[w] = 0; /* K3 */
}

/* The calling lane is a thread of the region.  The initial thread comes from
 * elsewhere than the other lanes of its warp, but executes it with them. */
HDL_OUTLINE static void member(void) {
  struct hdl_team *team = &hdl_league()->grid.region;
  hdl_lanes_join(hdl_league_mask(team->size));
  hdl_region_call(team->fn, team->thunk, arch_tid(), (uint32_t)team->nargs,
                  team->arg);
  if (hdl_cancellation())
    hdl_cancel_end(hdl_self(), NULL);
  if (hdl_is_unmade())
    return;
  struct hdl_thread *t = hdl_self();
  hdl_team_await_events(t, NULL);
  hdl_graph_end(t);
}

/* The life of all lanes of a generic kernel but the initial thread. */
HDL_OUTLINE static void sleep(void) {
  struct hdl_league *l = hdl_league();
  uint32_t warp = arch_tid() / ARCH_LANES;
  for (;;) {
    arch_block_sync(); /* A */
    switch (l->command) {
    case HDL_LEAGUE_END:
      hdl_league_leave_warp();
      return;
    case HDL_LEAGUE_HELP:
      arch_block_sync(); /* all have read the command */
      if (arch_lane() == 0 && warp > 0)
        help(warp);
      break;
    case HDL_LEAGUE_REGION:
      if (arch_tid() < l->grid.region.size)
        member();
      arch_block_sync(); /* B */
      if (arch_lane() == 0 && warp > 0)
        hdl_block()->made[warp] = 0; /* K3 */
      break;
    }
  }
}

int32_t hdl_league_init(bool spmd, void *launch) {
  hdl_league_begin(spmd, HDL_MODE_TEAM, launch);
  if (spmd || arch_tid() == 0)
    return KERNEL_USER_CODE;
  sleep();
  return KERNEL_RETURN;
}

/* ------------------------------------------------------------------------
 * Tasks of the initial thread */

static void command(enum hdl_league_command c) {
  hdl_league()->command = c;
  arch_block_sync(); /* A, K1 */
}

static struct kit *take_kit(uint32_t warps) {
  uint32_t size = 0;
  while (1u << size < warps)
    size++;
  hdl_lock(&kits.lock, "memory for the tasks of a team");
  struct kit *kit = kits.free[size];
  if (kit)
    kits.free[size] = kit->next;
  hdl_unlock(&kits.lock);
  if (kit)
    return kit;
  uint32_t n = 1u << size;
  kit = hdl_arena(sizeof *kit, "the tasks of a team");
  kit->size = size;
  kit->stack = hdl_arena(n * HDL_PRIVATE * sizeof(struct hdl_task *),
                         "the tasks of a team");
  uint64_t bytes = n * sizeof *kit->worker;
  kit->worker = hdl_arena(bytes, "the tasks of a team");
  hdl_clear(kit->worker, bytes);
  return kit;
}

static void give_kit(struct kit *kit) {
  hdl_lock(&kits.lock, "memory for the tasks of a team");
  kit->next = kits.free[kit->size];
  kits.free[kit->size] = kit;
  hdl_unlock(&kits.lock);
}

/* The other warps stop running tasks, of which there are none left. */
static void send_back(struct hdl_thread *t) {
  struct hdl_league *l = hdl_league();
  if (!t->stack)
    return;
  t->stack = NULL;
  t->defers = 0;
  arch_store_rel_gpu(&l->grid.fork, UINT64_C(1) << 32 | HDL_FORK_EXIT); /* W1 */
  arch_progress();
}

/* Whether a task that `t`, which has no place for it, is about to create can be
 * deferred: then it has a place now.  It can in the initial thread of a generic
 * kernel. */
HDL_OUTLINE bool hdl_league_defer(struct hdl_thread *t) {
  struct hdl_league *l = hdl_league();
  struct hdl_block *b = hdl_block();
  struct hdl_grid *g = &l->grid;
  if (l->spmd)
    return false;
  struct kit *kit = l->variable;
  if (!kit) {
    l->variable = kit = take_kit(b->warps);
    g->worker = kit->worker;
  }
  /* Nobody else looks at them now. */
  for (uint32_t i = 1; i < b->warps; i++)
    g->worker[i].deque.ends = 0;
  /* Its own keeps its numbers: tasks that wait have marks of them. */
  g->worker[0].deque.ends = hdl_ends(t->bottom, t->bottom);
  t->worker = &g->worker[0];
  t->stack = kit->stack;
  t->defers = 1;
  t->top = t->shown = t->bottom;
  t->lent = 0;
  g->fork = b->fork = 0;
  g->hint = 0;
  b->state = 0;
  command(HDL_LEAGUE_HELP);
  arch_block_sync();
  return true;
}

/* ------------------------------------------------------------------------
 * Regions */

/* How many threads a region gets (OpenMP 5.2, 10.1.1). */
static uint32_t team_size(int32_t if_expr, int32_t num_threads) {
  const struct hdl_icv *icv = hdl_icv_here();
  uint32_t n = num_threads > 0 ? (uint32_t)num_threads : icv->nthreads;
  if (!if_expr || icv->max_active_levels == 0)
    n = 1;
  return n < 1 ? 1 : n > arch_ntid() ? arch_ntid() : n;
}

static void describe(uint32_t n, struct hdl_icv icv, uint64_t allocator) {
  struct hdl_grid *g = &hdl_league()->grid;
  struct hdl_team *team = &g->region;
  team->size = n;
  team->active_level = n > 1;
  team->singles = 0;
  team->held = 0;
  team->cancel = (struct hdl_cancellation){0};
  team->icv = icv;
  team->allocator = allocator;
  hdl_team_reset_loops(team, g->loops);
  g->loops = 0;
}

/* What a thread is outside of the region it takes part in. */
struct outside {
  struct hdl_task *task;
  struct hdl_group *group;
  struct hdl_worksharing ws;
  uint64_t allocator;
  uint32_t mark;
};

/* `t`, an initial thread, becomes thread `num` of the region, with the implicit
 * task `mine`. */
static void enter(struct hdl_thread *t, uint32_t num, struct hdl_task *mine,
                  struct outside *o) {
  struct hdl_league *l = hdl_league();
  o->task = t->task;
  o->group = t->group;
  o->allocator = t->allocator;
  o->mark = t->mark;
  hdl_copy(&o->ws, &t->ws, sizeof o->ws);
  if (mine != t->task)
    hdl_task_init_implicit(mine, l->grid.region.icv);
  t->team = &l->grid.region;
  t->num = num;
  hdl_task_switch(t, mine);
  t->group = NULL;
  hdl_worksharing_begin(&t->ws);
  t->mark = t->bottom + t->count;
  t->generation = arch_load_rlx_cta(&l->phase);
}

static void leave(struct hdl_thread *t, const struct outside *o) {
  t->team = &hdl_league()->grid.initial;
  t->num = 0;
  hdl_task_switch(t, o->task);
  t->group = o->group;
  hdl_copy(&t->ws, &o->ws, sizeof t->ws);
  t->allocator = o->allocator;
  t->mark = o->mark;
}

/* After the region: as many slots for loops as it used are to be reset. */
static void count_loops(const struct hdl_thread *t) {
  struct hdl_grid *g = &hdl_league()->grid;
  bool cancelled = hdl_cancellation() && g->region.cancel.region;
  for (uint32_t i = 0; cancelled && i < HDL_LOOPS; i++)
    hdl_doacross_free(&g->region.loop[i]);
  g->loops = cancelled ? HDL_LOOPS : t->ws.loops;
}

/* A region of `n` lanes, by the initial thread of a generic kernel. */
HDL_OUTLINE static void fork(uint32_t n, void *fn, region_thunk *thunk,
                             const uint64_t *args, uint32_t nargs) {
  struct hdl_league *l = hdl_league();
  struct hdl_block *b = hdl_block();
  struct hdl_team *team = &l->grid.region;
  struct hdl_thread *t = hdl_is_unmade() ? NULL : hdl_self();
  struct outside outside;
  struct hdl_task *mine = NULL;
  if (t) {
    hdl_team_close_initial(t, false);
    send_back(t);
    describe(n, t->task->icv, t->allocator);
    mine = hdl_stack_push(t, sizeof *mine);
    enter(t, 0, mine, &outside);
  } else {
    describe(n, l->grid.initial.icv, l->grid.initial.allocator);
  }
  team->fn = fn;
  team->thunk = thunk;
  team->nargs = nargs;
  for (uint32_t i = 0; i < nargs; i++)
    team->arg[i] = args[i];
  b->mode = HDL_MODE_REGION;
  command(HDL_LEAGUE_REGION);
  member();
  arch_block_sync(); /* B, K1 */
  if (!hdl_is_unmade())
    count_loops(hdl_self());
  b->mode = HDL_MODE_TEAM;
  b->made[0] = t != NULL; /* K3 */
  if (t) {
    leave(t, &outside);
    hdl_stack_pop(t, mine);
  }
}

/* A region of `n` lanes in an SPMD kernel: all lanes of the block come, each
 * with arguments of its own.  The first barrier ends what the last region left
 * to read, the second begins this one. */
HDL_OUTLINE static void collective(uint32_t n, void *fn, region_thunk *thunk,
                                   const uint64_t *args, uint32_t nargs) {
  struct hdl_thread *t = hdl_self();
  arch_block_sync();
  if (arch_tid() == 0)
    describe(n, t->task->icv, t->allocator);
  arch_block_sync();
  if (n == 1 && arch_tid() == 0) {
    hdl_team_run_serial(t, fn, thunk, args, nargs);
  } else if (n > 1 && arch_tid() < n) {
    struct outside outside;
    struct hdl_task *mine = hdl_stack_push(t, sizeof *mine);
    enter(t, arch_tid(), mine, &outside);
    hdl_region_call(fn, thunk, t->num, nargs, args);
    if (hdl_cancellation())
      hdl_cancel_end(t, NULL);
    hdl_team_await_events(t, NULL);
    hdl_graph_end(t);
    if (t->num == 0)
      count_loops(t);
    leave(t, &outside);
    hdl_stack_pop(t, mine);
  }
  arch_block_sync();
}

/* A reduction over teams.  While the lanes of an SPMD kernel combine, they are a
 * region of all. */
bool hdl_league_end_teams(uint32_t records, void **list,
                          const struct hdl_league_reduction *f) {
  struct hdl_league *l = hdl_league();
  if (!l->spmd)
    return hdl_league_reduce_teams(false, records, list, f);
  struct hdl_thread *t = hdl_self();
  if (t->num == 0)
    describe(arch_ntid(), t->task->icv, t->allocator);
  arch_block_sync();
  struct outside outside;
  enter(t, arch_tid(), t->task, &outside);
  bool mine = hdl_league_reduce_teams(true, records, list, f);
  leave(t, &outside);
  return mine;
}

/* `parallel` in a league.  Only the initial thread, outside of any task, can
 * open a region of more than one thread. */
HDL_OUTLINE void hdl_league_parallel(const struct ident *loc, int32_t if_expr,
                                     int32_t num_threads, void *fn,
                                     region_thunk *thunk, const uint64_t *args,
                                     uint32_t nargs) {
  struct hdl_league *l = hdl_league();
  struct hdl_thread *t = hdl_is_unmade() ? NULL : hdl_self();
  bool initial = t ? t->team == &l->grid.initial && t->id == arch_tid() &&
                         t->task->flags & HDL_TASK_IMPLICIT
                   : hdl_block()->mode == HDL_MODE_TEAM;
  uint32_t n = initial ? team_size(if_expr, num_threads) : 1;
  if (initial && l->spmd) {
    collective(n, fn, thunk, args, nargs);
    return;
  }
  if (n > 1 && hdl_any_local(args, nargs * sizeof *args)) {
    hdl_note(HDL_NOTE_LOCAL_REGION, NULL, ident_where(loc), 0);
    n = 1;
  }
  if (n > 1)
    fork(n, fn, thunk, args, nargs);
  else
    hdl_team_run_serial(hdl_self(), fn, thunk, args, nargs);
}

/* The end of the kernel, by whoever executes the program's part of it. */
HDL_OUTLINE void hdl_league_deinit(void) {
  struct hdl_league *l = hdl_league();
  if (!l->spmd) {
    if (!hdl_is_unmade()) {
      struct hdl_thread *t = hdl_self();
      hdl_team_close_initial(t, true);
      hdl_graph_end(t);
      send_back(t);
    }
    command(HDL_LEAGUE_END);
    if (l->variable)
      give_kit(l->variable);
  }
  hdl_league_leave_warp();
}
