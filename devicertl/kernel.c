/* kernel.c - the life of a launch: arrival of blocks, the loop of sleeping
 * threads, and departure.
 *
 * The kernel's first call is __kmpc_target_init, by every lane of every block.
 * One thread of the grid, the first of the first block to arrive, returns from
 * it with KERNEL_USER_CODE and becomes the initial thread; for everybody else
 * the call lasts as long as the kernel.
 *
 * Blocks arrive in any order, and some perhaps only when others have left
 * (design 3.3).  A block's ticket numbers its threads, so the threads present
 * are always 0 to tickets * warps - 1.
 *
 * Grid slots
 *   state            event                        next
 *   bit of used 0    first block, under the lock  id, then bit set; ready not
 *   id, not ready    that block has set it up     ready == id (release, K1)
 *   ready            last of all blocks left      id 0, then bit 0 (K2)
 *   Every block of a launch comes and goes, so a slot cannot be freed while a
 *   block still has to find it.  `used` says which slots are worth a look: they
 *   are far apart, and a look at each would take longer than all the rest.
 * Pairings
 *   K1  ready, release -> find, relaxed poll and acquire fence: the slot is set
 *       up.
 *   K2  left, acq_rel by each block; used, acq_rel by the last -> acq_rel by
 *       the next that claims the slot: it finds what this launch left.
 *   K3  used, acq_rel by who claims -> find: who sees the bit may still see an
 *       old id, and then looks again under the lock, which orders (L1). */
#include "league.h"
#include "pool.h"
#include "runtime.h"

HDL_BLOCK_LOCAL struct hdl_block hdl_block_here
    __attribute__((loader_uninitialized));
/* hdl_warps_here has no size: it begins where the launch's dynamic memory does. */

static struct hdl_grid grids[HDL_GRIDS];
static struct hdl_ticket_lock grids_lock;
static uint64_t grids_used; /* a bit for each; atomic */
_Static_assert(HDL_GRIDS == 64, "grids_used");

/* Settings of the process, as bits; read from the host once, since it is far
 * away: each read takes longer than to claim a slot. */
HDL_OUTLINE uint64_t hdl_settings(void) {
  static uint64_t known; /* 0: not yet; atomic, but orders nothing */
  uint64_t settings = arch_load_rlx_gpu(&known);
  if (settings)
    return settings;
  const struct hdl_host_page *page = hdl_host();
  settings = HDL_SETTINGS_KNOWN;
  if (page && page->flags & HDL_PAGE_CANCELLATION)
    settings |= HDL_SETTING_CANCELLATION;
  if (page)
    settings |= page->max_task_priority;
  arch_store_rlx_gpu(&known, settings);
  return settings;
}

/* The slot of launch `id` among those in `used`, or NULL. */
static struct hdl_grid *find(uint64_t id, uint64_t used) {
  for (uint64_t left = used; left; left &= left - 1) {
    struct hdl_grid *g = &grids[__builtin_ctzll(left)];
    if (arch_load_rlx_gpu(&g->id) == id) /* K3 */
      return g;
  }
  return NULL;
}

/* A slot for a new launch, under the lock, since when `used` has been read; it
 * only gets less meanwhile.  NULL if all are taken.  The first free one, because
 * its workers still have their memory. */
static struct hdl_grid *claim(uint64_t id, uint64_t used) {
  uint64_t free = ~used;
  if (!free)
    return NULL;
  struct hdl_grid *g = &grids[__builtin_ctzll(free)];
  arch_store_rlx_gpu(&g->id, id);
  arch_add_acq_rel_gpu(&grids_used, free & -free); /* K2, K3 */
  return g;
}

HDL_OUTLINE static void set_up(struct hdl_grid *g, uint32_t block_warps) {
  g->blocks = arch_blocks();
  g->block_warps = block_warps;
  g->workers = g->blocks * block_warps;
  if (g->workers > g->capacity) {
    /* The old array stays allocated: worker memory hangs from it, and a
     * program has few launch sizes. */
    uint64_t bytes = g->workers * sizeof *g->worker;
    g->worker = hdl_arena(bytes, "the threads of a launch");
    g->capacity = g->workers;
    for (uint32_t i = 0; i < g->workers; i++) {
      uint64_t *w = (uint64_t *)&g->worker[i];
      for (size_t k = 0; k < sizeof *g->worker / sizeof *w; k++)
        if (k < offsetof(struct hdl_worker, deque.slot) / sizeof *w ||
            k >= offsetof(struct hdl_worker, returned) / sizeof *w)
          w[k] = 0; /* all but the ring, which is written before it is read */
    }
  }
  if (g->tags >= ARCH_TAGS) { /* R2 in reduce.c */
    for (uint32_t i = 0; i < g->capacity; i++)
      hdl_clear(g->worker[i].mail, sizeof g->worker[i].mail);
    g->tags = 0;
  }
  struct hdl_icv icv = {
      .nthreads = HDL_ALL_THREADS, /* of the grid, or of a warp's lanes */
      .max_active_levels = HDL_MAX_LEVELS,
      .sched = 1, /* omp_sched_static */
  };
  uint64_t settings = hdl_settings();
  g->cancellation = settings & HDL_SETTING_CANCELLATION;
  hdl_team_reset(g, icv);
  g->priorities = (uint32_t)settings;
  g->start_ns = arch_clock_ns();
  g->stall = 0;
  g->stalled = 0;
  g->tellers = 0;
  if (hdl_uses_threads)
    hdl_clear(g->sm_block, sizeof g->sm_block);
}

HDL_OUTLINE static struct hdl_grid *enter(uint64_t id, uint32_t block_warps) {
  struct hdl_backoff pause = {0};
  struct hdl_grid *g;
  while (!(g = find(id, arch_load_rlx_gpu(&grids_used)))) {
    if (hdl_trylock(&grids_lock)) {
      uint64_t used = arch_load_rlx_gpu(&grids_used);
      g = find(id, used); /* another block may just have claimed it */
      struct hdl_grid *fresh = g ? NULL : claim(id, used);
      hdl_unlock(&grids_lock);
      if (fresh) {
        set_up(fresh, block_warps);
        arch_store_rel_gpu(&fresh->ready, id); /* K1 */
        arch_progress();
        return fresh;
      }
      if (g)
        break;
    }
    hdl_backoff(&pause, 1000, "a slot for the launch", NULL);
  }
  while (arch_load_rlx_gpu(&g->ready) != id)
    hdl_backoff(&pause, 1000, "set-up of the launch", NULL);
  arch_fence_acq_rel_gpu(); /* K1 */
  return g;
}

/* Block number `block` of `g` has arrived: threads can be placed on its SM (S4
 * in spawn.c). */
static void note_sm(struct hdl_grid *g, uint32_t block) {
  uint32_t sm = arch_sm();
  if (sm >= HDL_SMS)
    return;
  uint32_t *head = &g->sm_block[sm];
  uint32_t seen, next = arch_load_rlx_gpu(head);
  struct hdl_worker *w = &g->worker[block * g->block_warps];
  do {
    w->sm_next = seen = next;
    next = arch_cas_acq_rel_gpu(head, seen, block + 1); /* S4 */
  } while (next != seen);
}

/* First lane of a block, before any other does anything. */
static void block_arrive(struct hdl_block *b, uint32_t warps) {
  b->mode = HDL_MODE_GRID;
  b->grid = NULL;
  b->contexts = 0;
  b->queued = 0;
  b->poller = 0;
  b->left = 0;
  b->arrived = 0;
  b->gave = false;
  b->single = 0;
  b->fork = 0;
  b->state = 0;
  b->warps = warps;
  struct hdl_grid *g = enter(arch_grid(), b->warps);
  b->cancellation = g->cancellation;
  b->first = arch_add_acq_rel_gpu(&g->tickets, 1) * b->warps;
  b->grid = g;
  if (hdl_uses_threads)
    note_sm(g, b->first / b->warps);
}

static void thread_init(struct hdl_thread *t, struct hdl_block *b,
                        uint32_t warp) {
  struct hdl_grid *g = b->grid;
  t->grid = g;
  t->id = b->first + warp;
  t->worker = &g->worker[t->id];
  t->team = &g->initial;
  t->num = 0;
  t->group = NULL;
  t->graph = NULL;
  t->generation = t->hinted = 0;
  t->open = t->come = 0;
  t->crowd = g->workers;
  t->forks = t->forks_size = 0;
  t->forks_loops = HDL_LOOPS;
  t->forks_tags = g->tags;
  t->defers = 1;
  t->seed = t->id * 2654435761u + (uint32_t)g->id;
  t->error = 0;
  t->token = NULL;
  t->bottom = (uint32_t)(arch_load_rlx_gpu(&t->worker->deque.ends) >> 32);
  t->top = t->shown =
      t->bottom; /* empty, and all has been taken before this launch */
  t->count = 0;
  t->children = t->spares = 0;
  t->fresh = NULL;
  t->lent = 0;
  t->priorities = g->priorities;
  struct hdl_warp_state *s = &hdl_warps()[warp];
  t->stack = s->stack;
  t->strand = NULL;
  b->lanes[warp] = NULL;
  b->made[warp] = ~0u;
  s->stall = 0;
  s->told = false;
  s->contexts = (struct hdl_warp){0};
  t->mark = t->bottom;
  t->shared_at = t->scheduled_at = arch_ticks() - ARCH_COARSE_TICKS;
  t->share_ticks = ARCH_SHARE_LEAST;
  hdl_worksharing_begin(&t->ws);
  t->allocator = 1; /* omp_default_mem_alloc */
  t->copies_serial = 0;
  t->reductions_begun = 0;
  for (unsigned i = 0; i < HDL_CLASSES; i++)
    t->free[i] = t->worker->free[i];
  t->bump = t->worker->bump;
  t->bump_end = t->worker->bump_end;
  t->chunk = t->worker->stack;
  t->sp = t->sp_end = NULL; /* the first push takes or makes a chunk */
  t->task = &t->worker->implicit;
  hdl_task_init_implicit(t->task, g->initial.icv);
}

/* Whether the region of the fork word `fork` comes after the one numbered
 * `seen`.  The block's copy may be older than that (W3 in wait.c). */
static inline bool is_later(uint64_t fork, uint32_t seen) {
  return (int32_t)((uint32_t)(fork >> 32) - seen) > 0;
}

/* The life of a sleeping thread, until the fork word says that it is over. */
HDL_OUTLINE void hdl_worker_loop(struct hdl_thread *t) {
  struct hdl_team *initial = &t->grid->initial;
  struct hdl_backoff pause = {0};
  uint32_t seen = 0;
  bool expects = false; /* the next region, soon */
  /* What explicit threads need; a league has none. */
  struct hdl_warp *warp =
      hdl_uses_threads && !hdl_in_league() ? &hdl_warp_state()->contexts : NULL;
  for (;;) {
    uint64_t fork = hdl_seen_fork(), state = hdl_seen_state();
    struct hdl_worker *victim = NULL;
    bool full = false;
    if (is_later(fork, seen)) {
      /* another thread of the block has seen it */
    } else if (expects && HDL_STATE_HINT(state) == 0 && !hdl_has_contexts()) {
      hdl_watch_closely(fork, state, "idle");
      expects = false;
    } else {
      victim = hdl_task_victim(t, initial);
      full = hdl_watch(t, victim);
    }
    fork = hdl_seen_fork();
    if (warp && warp->offers &&
        (is_later(fork, seen) || full || t->priorities || hdl_uses_depend))
      hdl_contexts()->busy(t);
    if (is_later(fork, seen)) {
      hdl_watch_done();
      seen = (uint32_t)(fork >> 32);
      if ((uint32_t)fork == HDL_FORK_EXIT)
        return;
      expects = t->id < (uint32_t)fork;
      if (expects)
        hdl_team_member(seen);
      pause.ns = 0;
    } else if ((t->priorities && hdl_priority_run(t, false)) ||
               (full && hdl_task_steal(t, initial, victim, false)) ||
               hdl_event_run(t, initial, false)) {
      pause.ns = 0;
    } else {
      if (warp)
        warp->sleeper = 1;
      hdl_backoff(&pause, 512, "idle", NULL);
      if (warp)
        warp->sleeper = 0;
    }
  }
}

/* Thread `t` will not touch its grid again. */
HDL_OUTLINE void hdl_kernel_leave(struct hdl_thread *t) {
  struct hdl_worker *w = t->worker;
  hdl_pool_keep_spares(t);
  for (unsigned i = 0; i < HDL_CLASSES; i++)
    w->free[i] = t->free[i];
  w->bump = t->bump;
  w->bump_end = t->bump_end;
  w->stack = t->chunk;
  struct hdl_block *b = hdl_block();
  struct hdl_grid *g = t->grid;
  if (arch_add_acq_rel_cta(&b->left, 1) + 1 != b->warps)
    return;
  if (arch_add_acq_rel_gpu(&g->left, 1) + 1 != g->blocks) /* K2 */
    return;
  g->tickets = 0;
  g->left = 0;
  g->fork = 0;
  g->contexts = 0;
  g->queued = 0;
  arch_store_rlx_gpu(&g->ready, (uint64_t)0);
  arch_store_rlx_gpu(&g->id, (uint64_t)0);
  arch_add_acq_rel_gpu(&grids_used, -(UINT64_C(1) << (g - grids))); /* K2 */
  arch_progress();
}

HDL_OUTLINE static int32_t grid_init(void) {
  struct hdl_block *b = hdl_block();
  uint32_t warp = arch_tid() / ARCH_LANES, warps = arch_ntid() / ARCH_LANES;
  if (warps == 0)
    warps = 1;
  if (warp < warps && arch_lane() == 0)
    for (unsigned i = 0; i < HDL_REDUCTIONS; i++)
      hdl_warp_state()->posted[i] = 0;
  if (arch_tid() == 0)
    block_arrive(b, warps);
  arch_block_sync();
  if (warp >= warps)
    return KERNEL_RETURN; /* a launch rounded up by the host */
  if (arch_lane() == 0) {
    struct hdl_thread *t = hdl_warp_thread();
    thread_init(t, b, warp);
    if (t->id == 0)
      return KERNEL_USER_CODE;
    hdl_worker_loop(t);
    hdl_kernel_leave(t);
    hdl_lanes_dismiss();
  } else {
    hdl_lanes_serve(arch_stack_mark(), 0, 0);
  }
  return KERNEL_RETURN;
}

/* First call of every kernel (abi.md 3.1).  Returns KERNEL_USER_CODE to the
 * initial thread, KERNEL_RETURN to everybody else when the region is over.  In
 * a league each team has an initial thread; if the kernel is SPMD, all of its
 * lanes are that. */
HDL_API int32_t __kmpc_target_init(const struct kernel_environment *env,
                                   void *launch) {
  if (env->max_teams == -1 || env->max_teams == 1)
    return grid_init();
  return hdl_league_init(env->exec_mode == KERNEL_SPMD, launch);
}

/* End of the target region: the initial thread waits for its tasks (the
 * implicit barrier of the initial parallel region, OpenMP 5.2, 12.1). */
HDL_API void __kmpc_target_deinit(void) {
  if (hdl_in_league()) {
    hdl_league_deinit();
    return;
  }
  struct hdl_thread *t = hdl_self();
  hdl_team_close_initial(t, true);
  hdl_graph_end(t);
  if (hdl_uses_threads) {
    hdl_wait_look(); /* threads of other blocks may have created threads */
    if (hdl_contexts())
      hdl_contexts()->finish(t);
  }
  uint64_t fork = t->grid->fork;
  arch_store_rel_gpu(&t->grid->fork, /* W1 */
                     ((fork >> 32) + 1) << 32 | HDL_FORK_EXIT);
  arch_progress();
  hdl_kernel_leave(t);
  hdl_lanes_dismiss();
}
