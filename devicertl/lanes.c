/* lanes.c - the lanes of a warp as the threads of a nested parallel region.
 *
 * A thread is a warp of which lane 0 works.  When it meets `parallel` inside a
 * region or a task, its own lanes become the team: no other warp has to be
 * found or woken, and fork, barrier and join are bar.warp.sync.
 *
 *   lane 0                               lanes 1 to 31
 *   working                              A: bar.warp.sync of the whole warp
 *   fork: sets lane_team, bar.warp.sync  those in the team run the region,
 *   runs the region as thread 0          the others go on
 *   join: bar.warp.sync                  B: bar.warp.sync of the whole warp
 *   working                              A
 *   kernel over: lane_team = NULL, bar.warp.sync; they leave
 *
 *   N1  bar.warp.sync orders memory among its lanes: what lane 0 wrote before
 *       the fork, all see; what they wrote before the join, it sees.
 *   N2  block->lanes[warp] is set exactly between fork and join, so hdl_self()
 *       finds a lane's own thread there.  Lane 0 sets and clears it while all
 *       other lanes wait in A or B.
 *   N3  A team of lanes has a part of the warp; barriers inside use its mask
 *       alone.  A lane of it that opens a region again runs that alone.
 *   N4  Tasks of a team of lanes are undeferred: its lanes share one deque.
 *   N5  If regions can be cancelled, nested ones have one thread: lanes that
 *       left a region would be missing in its barriers. */
#include "runtime.h"

static uint32_t warp_index(void) { return arch_tid() / ARCH_LANES; }

/* All lanes of the calling warp.  Only a block of less than a warp has fewer.
 */
static uint32_t warp_lanes(void) {
  uint32_t n = arch_ntid();
  return n < ARCH_LANES ? n : ARCH_LANES;
}
static uint32_t mask_of(uint32_t lanes) {
  return lanes < ARCH_LANES ? (1u << lanes) - 1 : ~0u;
}

/* How many threads a region of `t` can have on its lanes. */
uint32_t hdl_lanes_free(const struct hdl_thread *t) {
  return hdl_cancellation() /* N5 */ || t->team->kind == HDL_TEAM_LANES ||
                 hdl_block()->lanes[warp_index()] != NULL
             ? 1
             : warp_lanes();
}

/* The calling lane runs its part of `team`. */
HDL_OUTLINE static void run_region(struct hdl_team *team) {
  struct hdl_lane *lane = &hdl_block()->lanes[warp_index()][arch_lane()];
  struct hdl_thread *warp = &hdl_block()->thread[warp_index()];
  struct hdl_thread *t = &lane->thread;
  t->grid = warp->grid;
  t->worker = warp->worker;
  t->id = warp->id;
  t->team = team;
  t->num = arch_lane();
  t->defers = t->lent = 0; /* N4 */
  t->task = &lane->implicit;
  t->group = NULL;
  t->graph = NULL;
  t->bottom = t->count = t->mark = 0; /* N4: no tasks of its own */
  t->ws = (struct hdl_worksharing){0};
  t->allocator = team->allocator;
  t->copies_serial = 0;
  hdl_task_init_implicit(t->task, team->icv);
  hdl_region_call(team->fn, team->thunk, t->num, (uint32_t)team->nargs,
                  team->arg);
  hdl_barrier(t, NULL); /* detached tasks, if any */
  hdl_graph_end(t);
}

/* A region of `n` lanes; `t` is lane 0 of its warp and not yet one of them. */
HDL_OUTLINE void hdl_lanes_fork(struct hdl_thread *t, uint32_t n, void *fn,
                                region_thunk *thunk, const uint64_t *args,
                                uint32_t nargs) {
  struct hdl_block *b = hdl_block();
  uint32_t warp = warp_index(), all = mask_of(warp_lanes());
  struct hdl_worker *w = t->worker;
  if (!w->lanes) { /* zeroed: no soft stack, no pool yet */
    w->lanes = hdl_arena(ARCH_LANES * sizeof *w->lanes, "threads on lanes");
    for (uint32_t i = 0; i < ARCH_LANES; i++)
      w->lanes[i] = (struct hdl_lane){0};
  }
  struct hdl_team *team = hdl_stack_push(t, sizeof *team);
  team->kind = HDL_TEAM_LANES;
  team->size = n;
  team->mask = mask_of(n);
  team->level = t->team->level + 1;
  team->active_level = t->team->active_level + 1;
  team->parent = t->team;
  team->parent_num = t->num;
  team->singles = 0;
  team->copied = NULL;
  team->held = 0;
  team->handed = 0;
  team->cancel = (struct hdl_cancellation){0};
  team->icv = t->task->icv;
  team->allocator = t->allocator;
  team->fn = fn;
  team->thunk = thunk;
  team->nargs = nargs;
  for (uint32_t i = 0; i < nargs; i++)
    team->arg[i] = args[i];
  for (uint32_t i = 0; i < HDL_LOOPS; i++)
    team->loop[i] = (struct hdl_loop){.turn = i};
  b->lanes[warp] = w->lanes; /* N2 */
  b->lane_team[warp] = team;
  arch_warp_sync(all); /* A, N1 */
  run_region(team);
  arch_warp_sync(all); /* B, N1 */
  b->lanes[warp] = NULL;
  hdl_stack_pop(t, team);
}

/* The life of lanes 1 to 31: returns when the kernel is over. */
void hdl_lanes_sleep(void) {
  uint32_t all = mask_of(warp_lanes());
  for (;;) {
    arch_warp_sync(all); /* A */
    struct hdl_team *team = hdl_block()->lane_team[warp_index()];
    if (!team)
      return;
    if (team->mask >> arch_lane() & 1)
      run_region(team);
    arch_warp_sync(all); /* B */
  }
}

/* Lane 0, when its thread is over: send the others home. */
void hdl_lanes_dismiss(void) {
  hdl_block()->lane_team[warp_index()] = NULL;
  arch_warp_sync(mask_of(warp_lanes())); /* A */
}

/* The word of lane `offset` further on; the lane's own if that is not in the
 * team. */
uint32_t hdl_lanes_shuffle(const struct hdl_thread *t, uint32_t word,
                           int16_t offset) {
  uint32_t src = t->num + (uint32_t)(int32_t)offset;
  return arch_shuffle(t->team->mask, word, src < t->team->size ? src : t->num);
}

/* Combine the copies of all lanes in lane 0; true there.  `algorithm` 1 is the
 * compiler's for a run of lanes from 0: those below `offset` combine with the
 * one `offset` further on, the others move down. */
bool hdl_lanes_reduce(struct hdl_thread *t, void *list, shuffle_fn *fn) {
  uint32_t left = t->team->size;
  while (left > 1) {
    fn(list, (int16_t)t->num, (int16_t)(left / 2), 1);
    left = (left + 1) / 2;
  }
  return t->num == 0;
}
