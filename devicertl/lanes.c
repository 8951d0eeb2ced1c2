/* lanes.c - the lanes of a warp as the threads of a nested parallel region.
 *
 * A thread is a warp of which lane 0 works.  When it meets `parallel` inside a
 * region or a task, its own lanes become the team: no other warp has to be
 * found or woken, and fork, barrier and join are bar.warp.sync.
 *
 * Outside a region one lane of the warp works, which is lane 0 unless there are
 * explicit threads (context.c).  The others wait for its orders.
 *
 *   the working lane                     the other lanes
 *   working                              A: the whole warp meets
 *   fork: sets lane_team, A: "region"    A
 *                     those in the team run the region
 *   join: B                              B: bar.warp.sync of the whole warp
 *   working                              A
 *   A: "switch to lane n"                lane n works, the others wait in A
 *   kernel over, A: "exit"               they leave
 *
 *   N1  bar.warp.sync orders memory among its lanes: what the working lane
 *       wrote before A, all see; what they wrote before B, it sees.  The order
 *       itself travels by a shuffle, since the next working lane may give one
 *       before all others have looked at this one.
 *   N2  block->lanes[warp] says where hdl_self() finds the thread of the
 *       calling lane: in a region among the worker's `lanes`, in an explicit
 *       thread among its `contexts`; else it is NULL.  Only the working lane
 *       changes it, while all other lanes wait in A or B.
 *   N3  A team of lanes has a part of the warp: the lane that forks, which is
 *       thread 0, and lanes that hold no context.  Barriers inside use its
 *       mask alone.  A lane of it that opens a region again runs that alone.
 *   N4  Tasks of a team of lanes are undeferred: its lanes share one deque.
 *   N5  If regions can be cancelled, nested ones have one thread: lanes that
 *       left a region would be missing in its barriers.
 *   N6  Most regions ask for little: loops with a static schedule, reductions.
 *       So a lane's thread gets a state when something asks hdl_self() for it;
 *       until then its number follows from the lane.  block->made[warp] has the
 *       bits of lanes that have one: each sets its own, and outside of regions
 *       all are set.
 *   N7  While a region runs, the warp's other contexts do not.  So that no lane
 *       can wait for what one of them has, a lock perhaps, a `parallel` region
 *       has one thread if there are any but an idle one. */
#include "league.h"
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

uint32_t hdl_lanes_all(void) { return mask_of(warp_lanes()); }

/* A: all lanes of the warp meet; the one that worked, `running`, gives the
 * `order` that all get (N1). */
HDL_OUTLINE uint32_t hdl_lanes_meet(uint32_t order, uint32_t running) {
  uint32_t all = mask_of(warp_lanes());
  arch_warp_sync(all); /* N1 */
  return arch_shuffle(all, order, running);
}

/* Whether `t` is a lane of a nested region. */
bool hdl_lanes_in_region(const struct hdl_thread *t) {
  struct hdl_lane *lanes = hdl_block()->lanes[warp_index()];
  return lanes && t->worker->lanes && lanes == t->worker->lanes->lane;
}

/* The lanes that hold no context (N3). */
static uint32_t free_lanes(void) {
  return mask_of(warp_lanes()) & ~(hdl_warp_state()->contexts.live | 1);
}

/* How many threads a region of `t` can have on its lanes. */
uint32_t hdl_lanes_free(const struct hdl_thread *t) {
  return hdl_in_league() || hdl_cancellation() /* N5 */ ||
                 hdl_lanes_in_region(t)
             ? 1
             : 1 + (uint32_t)__builtin_popcount(free_lanes());
}

/* The same for a region of OpenMP (N7). */
uint32_t hdl_lanes_for_parallel(const struct hdl_thread *t) {
  if (hdl_in_league())
    return 1;
  const struct hdl_warp *s = &hdl_warp_state()->contexts;
  uint32_t me = arch_lane();
  bool others = s->live & ~(1u << me) || (me != 0 && !s->sleeper);
  return hdl_uses_threads && others ? 1 : hdl_lanes_free(t);
}

/* The `n` lowest lanes of `mask`. */
static uint32_t lowest(uint32_t mask, uint32_t n) {
  if (n >= (uint32_t)__builtin_popcount(mask))
    return mask;
  uint32_t part = 0, first = mask & -mask;
  if ((mask & (mask + first)) == 0) /* they lie side by side */
    return (first << n) - first;
  for (; n > 0; n--) {
    part |= mask & -mask;
    mask &= mask - 1;
  }
  return part;
}

/* The lane of thread `num` of the calling warp's region. */
static uint32_t lane_of(uint32_t num) {
  uint32_t primary = hdl_lanes_region()->primary;
  if (num == 0)
    return primary;
  uint32_t mask = hdl_lanes_region()->mask & ~(1u << primary);
  for (; num > 1; num--)
    mask &= mask - 1;
  return (uint32_t)__builtin_ctz(mask);
}

/* The calling lane of a region on its warp's lanes gets a state (N6).  What its
 * memory keeps from its last life: pool, soft stack, and the number of
 * taskgroups (V4 in taskred.c). */
HDL_OUTLINE static struct hdl_thread *make_lane(void) {
  struct hdl_block *b = hdl_block();
  uint32_t warp = warp_index();
  struct hdl_lane *lane = &b->lanes[warp][arch_lane()];
  struct hdl_thread *base = hdl_warp_thread(), *t = &lane->thread;
  t->grid = base->grid;
  t->worker = base->worker;
  t->id = base->id;
  hdl_lane_begin(lane, hdl_lanes_region()->team, hdl_lanes_number());
  arch_or_rlx_cta(&b->made[warp], 1u << arch_lane()); /* N6 */
  return t;
}

HDL_OUTLINE struct hdl_thread *hdl_make_lane(void) {
  return hdl_in_league() ? hdl_league_make_lane() : make_lane();
}

/* The calling lane runs its part of the region. */
static void run_region(void) {
  uint32_t nargs = hdl_lanes_region()->nargs;
  const uint64_t *args = nargs <= HDL_LANE_ARGS ? hdl_lanes_region()->arg
                                                : hdl_lanes_region()->team->arg;
  hdl_region_call(hdl_lanes_region()->fn, hdl_lanes_region()->thunk,
                  hdl_lanes_number(), nargs, args);
  if (hdl_is_unmade()) /* it has done nothing that leaves anything behind */
    return;
  struct hdl_thread *t = hdl_self();
  hdl_team_await_events(t, NULL);
  hdl_graph_end(t);
}

/* The lanes of `mask` meet, and go on together from wherever they come: else they
 * would take turns.  A function that ends with the barrier, because for sm_90 ptxas
 * lets lanes leave one as they came where calls follow, and joins them where the
 * function ends (test/parallel/lanes-together.c). */
HDL_OUTLINE void hdl_lanes_join(uint32_t mask) { arch_warp_sync(mask); }

/* The warp's lanes, which have the order, run their region. */
HDL_OUTLINE void hdl_lanes_run(void) {
  uint32_t all = mask_of(warp_lanes());
  hdl_lanes_join(all);
  if (hdl_lanes_region()->mask >> arch_lane() & 1)
    run_region();
  arch_warp_sync(all); /* B, N1 */
}

/* What the members have met in the last region; all have met the same. */
HDL_OUTLINE static void forget(void) {
  struct hdl_team *team = hdl_lanes_region()->team;
  hdl_team_reset_loops(team, hdl_self()->ws.loops);
  team->singles = 0;
}

/* The region that is set up, from its begin to its end. */
HDL_OUTLINE static void region(void) {
  uint32_t me = arch_lane();
  hdl_lanes_meet(HDL_ORDER_REGION, me); /* A */
  hdl_lanes_run();                      /* B */
  if (!hdl_is_unmade())
    forget();
  struct hdl_block *b = hdl_block();
  uint32_t warp = warp_index();
  b->made[warp] = ~0u;                        /* N6 */
  b->lanes[warp] = hdl_lanes_region()->outer; /* N2 */
}

/* The next one, for the first time in this worker: it needs memory. */
HDL_OUTLINE static void fork_first(struct hdl_thread *t, uint32_t n, void *fn,
                                   region_thunk *thunk, const uint64_t *args,
                                   uint32_t nargs) {
  struct hdl_lanes *lanes = hdl_arena(sizeof *lanes, "threads on lanes");
  hdl_clear(lanes, sizeof *lanes); /* no soft stack, no pool yet */
  lanes->team.kind = HDL_TEAM_LANES;
  hdl_team_reset_loops(&lanes->team, HDL_LOOPS);
  t->worker->lanes = lanes;
  hdl_lanes_fork(t, n, fn, thunk, args, nargs);
}

/* A region of `n` lanes; `t` works in its warp and is not yet one of them.  In
 * pieces that end in a call, as in parallel.c. */
HDL_OUTLINE void hdl_lanes_fork(struct hdl_thread *t, uint32_t n, void *fn,
                                region_thunk *thunk, const uint64_t *args,
                                uint32_t nargs) {
  struct hdl_lanes *lanes = t->worker->lanes;
  if (!lanes) {
    fork_first(t, n, fn, thunk, args, nargs);
    return;
  }
  /* All that is read, before anything is written: so it is fetched together. */
  struct hdl_team *outer = t->team, *team = &lanes->team;
  uint32_t level = outer->level + 1, active_level = outer->active_level + 1;
  struct hdl_icv icv = t->task->icv;
  uint64_t allocator = t->allocator;
  struct hdl_block *b = hdl_block();
  uint32_t warp = warp_index(), me = arch_lane();
  struct hdl_lane_region *r = hdl_lanes_region();
  r->team = team;
  r->outer = b->lanes[warp];
  r->fn = fn;
  r->thunk = thunk;
  r->mask = 1u << me | lowest(free_lanes(), n - 1);
  r->primary = me;
  r->size = n;
  r->nargs = nargs;
  uint64_t *arg = nargs <= HDL_LANE_ARGS ? r->arg : team->arg;
  for (uint32_t i = 0; i < nargs; i++)
    arg[i] = args[i];
  team->size = n;
  team->level = level;
  team->active_level = active_level;
  team->parent = outer;
  team->parent_num = t->num;
  team->icv = icv;
  team->allocator = allocator;
  b->made[warp] = 0;            /* N6 */
  b->lanes[warp] = lanes->lane; /* N2 */
  region();
}

/* The life of a lane above 0 that holds no context; it ends with the kernel.
 * `running` works; if that is the caller, it gives `order`.  `mark` is where
 * the lane's stack begins for those who work on it.
 *
 * Nothing may come behind the call of `start`: lanes that take different ways
 * meet again, waiting, where the ways meet, and the other lanes are not to wait
 * for one whose thread is to wait for them. */
_Noreturn void hdl_lanes_serve(uint64_t mark, uint32_t order,
                               uint32_t running) {
  for (;;) {
    order = hdl_lanes_meet(order, running); /* A */
    if (HDL_ORDER_KIND(order) == HDL_ORDER_EXIT)
      arch_lane_exit();
    if (HDL_ORDER_KIND(order) == HDL_ORDER_REGION) {
      hdl_lanes_run(); /* B */
    } else {
      running = HDL_ORDER_LANE(order);
      if (running == arch_lane())
        hdl_contexts()->start(mark);
    }
  }
}

/* Lane 0, when its thread is over: send the others home. */
void hdl_lanes_dismiss(void) {
  hdl_lanes_meet(HDL_ORDER_EXIT, arch_lane()); /* A */
}

/* hdl_lanes_shuffle where contexts lie in between. */
HDL_OUTLINE uint32_t hdl_lanes_shuffle_apart(uint32_t word, int16_t offset) {
  uint32_t num = hdl_lanes_number(), other = num + (uint32_t)(int32_t)offset;
  return arch_shuffle(hdl_lanes_region()->mask, word,
                      lane_of(other < hdl_lanes_region()->size ? other : num));
}

/* Combine the copies of all lanes in lane 0; true there.  `algorithm` 1 is the
 * compiler's for a run of lanes from 0: those below `offset` combine with the
 * one `offset` further on, the others move down. */
HDL_OUTLINE bool hdl_lanes_reduce(uint32_t num, void *list, shuffle_fn *fn) {
  uint32_t left = hdl_lanes_region()->size;
  while (left > 1) {
    fn(list, (int16_t)num, (int16_t)(left / 2), 1);
    left = (left + 1) / 2;
  }
  return num == 0;
}
