/* context.c - the warp's scheduler: the lanes of a warp as contexts.
 *
 * A warp's lanes each have a program counter, registers and a stack, but a
 * thread uses one of them.  So when a thread has to wait, its lane stops and
 * another lane of the warp goes on with another thread: lane 0 is the OpenMP
 * thread, lanes 1 to 31 are for explicit threads.  Exactly one context of a
 * warp runs at a time and it switches by itself, so nothing diverges, and the
 * contexts of a warp share its worker without locks.
 *
 *   state of a lane   its bits in struct hdl_warp    leaves it when
 *   free              none; lane is not in `live`    chosen to run a thread
 *   running           one lane of the warp           it waits, yields or ends
 *   ready             ready                          its turn comes
 *   polling           polling                        its turn comes
 *   blocked           none, or timed                 woken, or deadline: ready
 *
 *   C1  The running lane alone reads and writes struct hdl_warp and struct
 *       hdl_contexts of its warp.  Switching orders memory (N1 in lanes.c).
 *   C2  A polling context waits in one of the runtime's loops, which tests the
 *       condition itself; it gets a turn whenever no ready one does, and every
 *       8th time at least.  A blocked one waits in a list for hdl_wake.
 *   C3  Lane 0 always holds a context, so it is never free, and the threads on
 *       the other lanes never keep it from a barrier or fork for longer than
 *       they run without waiting.
 *   C4  The lanes of a nested region run at once and are no contexts: they wait
 *       by looking, and the warp's contexts stay where they are meanwhile.
 *   C5  Every hdl_wake is for one hdl_suspend, which does not return before it
 *       has seen it, unless by its deadline; and then whoever took the waiter
 *       out of its list will wake it, and it waits for that.
 *   C6  The turn goes round among ready contexts whatever is chosen between, a
 *       polling one or a new thread: each gets it before another has it twice.
 * Pairings
 *   X1  hdl_wake, releasing or of worker->wake -> exchange or addition
 *       (acq_rel): the warp that resumes a context sees what the waking thread
 *       did.
 *   X2  the same with the wake word of a warp in the same block (cta). */
#include "context.h"
#include "league.h"
#include "threads/strand.h"

static uint32_t warp_index(void) { return arch_tid() / ARCH_LANES; }
/* Not handed from function to function: so each knows that they are in the
 * block's memory, and that costs less than the pointer (hdl_warp_thread). */
static struct hdl_warp *here(void) { return &hdl_warp_state()->contexts; }
static struct hdl_worker *worker_here(void) {
  return hdl_warp_thread()->worker;
}

/* The first lane of `mask`, which is not 0, behind `lane`, round and round. */
static uint32_t behind(uint32_t mask, uint32_t lane) {
  uint32_t above = mask & ~((2u << lane) - 1);
  return (uint32_t)__builtin_ctz(above ? above : mask);
}

/* Threads can be created from now on: everybody who waits is to look for them
 * (S1 in spawn.c). */
void hdl_context_begin(struct hdl_thread *t) {
  struct hdl_block *b = hdl_block();
  if (arch_load_rlx_cta(&b->contexts))
    return;
  if (hdl_in_league()) /* its lanes are threads already */
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "a thread, or an object that threads wait for, in a league of "
              "teams",
              NULL, 0, 0);
  uint64_t table = (uint64_t)(uintptr_t)&hdl_context_table;
  arch_store_rel_gpu(&t->grid->contexts, table); /* S1 */
  arch_store_rel_cta(&b->contexts, table);       /* W2 */
}

/* The contexts of the warp's worker; NULL if there is no memory for them. */
HDL_OUTLINE static struct hdl_contexts *contexts_here(void) {
  struct hdl_worker *w = worker_here();
  if (!w->contexts) {
    struct hdl_contexts *c = hdl_arena(sizeof *c, NULL);
    if (!c)
      return NULL;
    hdl_clear(c, sizeof *c); /* no soft stacks, pools, teams yet */
    w->contexts = c;
  }
  return w->contexts;
}

/* Make ready who has been woken: by the block's threads, or if `far` by any. */
static void collect(bool far) {
  struct hdl_warp *s = here();
  struct hdl_worker *w = worker_here();
  uint32_t woken = 0;
  if (arch_load_rlx_cta(&s->wake))
    woken = arch_xchg_acq_rel_cta(&s->wake, 0u); /* X2 */
  if (far && arch_load_rlx_gpu(&w->wake))
    woken |= arch_xchg_acq_rel_gpu(&w->wake, 0u); /* X1 */
  s->woken |= woken;
  s->ready |= woken;
}

/* Make ready those whose deadline has come. */
HDL_OUTLINE static void expire(void) {
  struct hdl_warp *s = here();
  arch_progress(); /* to come: this is no deadlock */
  uint64_t now = arch_clock_ns();
  if (now < s->earliest)
    return;
  s->earliest = HDL_FOREVER;
  for (uint32_t left = s->timed; left; left &= left - 1) {
    uint32_t i = (uint32_t)__builtin_ctz(left);
    uint64_t deadline = worker_here()->contexts->deadline[i];
    if (deadline <= now) {
      s->timed &= ~(1u << i);
      s->ready |= 1u << i;
    } else if (deadline < s->earliest) {
      s->earliest = deadline;
    }
  }
}

/* Give lane `i` what a thread needs to start there; false without memory. */
static bool equip(struct hdl_contexts *c, uint32_t i) {
  if (!c->team[i])
    c->team[i] = hdl_arena(sizeof *c->team[i], NULL);
  return c->team[i] && hdl_stack_reserve(&c->lane[i].thread);
}

/* Lane 0 waits for work, and there is room for threads. */
static void open_slot(struct hdl_warp *s) {
  if (!s->offers && (hdl_lanes_all() & ~(s->live | 1))) {
    s->offers = 1;
    arch_store_rel_cta(&s->slot, HDL_SLOT_OPEN); /* S3 */
  }
}

/* It does no more; the thread that came before that, or NULL. */
static struct hdl_strand *close_slot(struct hdl_warp *s) {
  if (!s->offers)
    return NULL;
  s->offers = 0;
  uint64_t got = arch_xchg_acq_rel_cta(&s->slot, UINT64_C(0)); /* S3 */
  return got > HDL_SLOT_OPEN ? (struct hdl_strand *)(uintptr_t)got : NULL;
}

/* hdl_context_ops.busy: see there. */
static void busy(struct hdl_thread *t) {
  struct hdl_strand *strand = close_slot(here());
  if (strand)
    hdl_spawn_enqueue(t, strand);
}

/* The first lane of `free` that has what a thread needs, perhaps because one has
 * been there before; HDL_NO_LANE without memory. */
static uint32_t equipped(struct hdl_contexts *c, uint32_t free) {
  for (; free; free &= free - 1)
    if (equip(c, (uint32_t)__builtin_ctz(free)))
      return (uint32_t)__builtin_ctz(free);
  return HDL_NO_LANE;
}

/* Take a thread that waits to be started to a free lane, which is returned. */
HDL_OUTLINE static uint32_t start_thread(struct hdl_thread *t, bool patient) {
  struct hdl_warp *s = here();
  uint32_t free = hdl_lanes_all() & ~(s->live | 1);
  if (!free)
    hdl_spawn_pass_on(t, worker_here());
  bool given = s->offers && arch_load_rlx_cta(&s->slot) != HDL_SLOT_OPEN;
  if (!free || (!given && !hdl_spawn_waits(t, patient)))
    return HDL_NO_LANE;
  struct hdl_contexts *c = contexts_here();
  uint32_t lane = c ? equipped(c, free) : HDL_NO_LANE;
  if (lane == HDL_NO_LANE) {
    busy(t); /* another warp may still have memory */
    return HDL_NO_LANE;
  }
  struct hdl_strand *strand = close_slot(s);
  if (!strand)
    strand = hdl_spawn_take(t, patient);
  if (!strand)
    return HDL_NO_LANE;
  s->live |= 1u << lane;
  c->start[lane] = strand;
  arch_progress();
  return lane;
}

/* The context to go on with, which may be the caller itself if it has been
 * woken; HDL_NO_LANE if there is none but perhaps polling ones.  `patient`:
 * threads in the queue are for this warp too, not only for idle ones. */
HDL_OUTLINE static uint32_t choose(struct hdl_thread *t, bool patient) {
  struct hdl_warp *s = here();
  uint32_t pass = s->passes++ % 8, lane = HDL_NO_LANE;
  uint32_t others = s->polling & ~(1u << arch_lane());
  bool fast = s->ready != 0 && pass > 1; /* spare the trips to memory */
  collect(!fast);
  if (!fast && s->timed)
    expire();
  if (pass == 0 && others) /* C2 */
    lane = s->looked = behind(others, s->looked);
  if (lane == HDL_NO_LANE && pass == 1)
    lane = start_thread(t, patient);
  if (lane == HDL_NO_LANE && s->ready)
    lane = s->turn = behind(s->ready, s->turn); /* C6 */
  if (lane == HDL_NO_LANE && pass != 1)
    lane = start_thread(t, patient);
  return lane;
}

/* The caller stops and lane `next` goes on; returns when the caller does. */
HDL_OUTLINE static void switch_to(uint32_t next) {
  uint32_t me = arch_lane(), running = me, order = HDL_SWITCH_TO(next);
  if (here()->offers)
    busy(hdl_self());
  do {
    order = hdl_lanes_meet(order, running);
    if (HDL_ORDER_KIND(order) == HDL_ORDER_REGION)
      hdl_lanes_run(); /* B in lanes.c */
    else
      running = HDL_ORDER_LANE(order);
  } while (running != me);
  struct hdl_contexts *c = hdl_warp_thread()->worker->contexts;
  hdl_block()->lanes[warp_index()] = me ? c->lane : NULL; /* N2 in lanes.c */
  struct hdl_warp *s = here();
  s->ready &= ~(1u << me);
  s->polling &= ~(1u << me);
  s->timed &= ~(1u << me);
}

/* For the report of a deadlock: what a context of the warp is blocked in. */
static const char *blocked_in(const char *what) {
  const struct hdl_warp *s = here();
  uint32_t blocked = s->live & ~(s->ready | s->polling | 1u << arch_lane());
  return blocked ? worker_here()->contexts->what[__builtin_ctz(blocked)] : what;
}

/* Pause for about `ns`, or until the block's threads have something for the
 * warp. */
static void doze(struct hdl_thread *t, uint32_t ns, const char *what,
                 const char *where) {
  struct hdl_warp *s = here();
  bool naps = ns > ARCH_NAP_NS && !hdl_lanes_in_region(t);
  arch_wait(naps ? ARCH_NAP_NS : ns, what, where);
  while (naps && ns > ARCH_NAP_TAKES_NS && !arch_load_rlx_cta(&s->wake) &&
         !(s->offers && arch_load_rlx_cta(&s->slot) != HDL_SLOT_OPEN)) {
    ns -= ARCH_NAP_TAKES_NS;
    arch_wait(ARCH_NAP_NS, what, where);
  }
}

/* hdl_context_ops.wait: see there. */
static void wait(uint32_t ns, const char *what, const char *where) {
  struct hdl_thread *t = hdl_self();
  if (hdl_lanes_in_region(t)) { /* C4 */
    arch_wait(ns, what, where);
    return;
  }
  struct hdl_warp *s = here();
  uint32_t me = arch_lane();
  bool idle = me == 0 && s->sleeper;
  if (idle)
    open_slot(s);
  uint32_t next = choose(t, idle || ns >= 128);
  if (next == HDL_NO_LANE) {
    uint32_t others = s->polling & ~(1u << me);
    if (idle)
      what = blocked_in(what);
    doze(t, ns / (1 + (uint32_t)__builtin_popcount(others)), what, where);
    if (!others)
      return;
    next = s->looked = behind(others, s->looked);
  }
  if (next == me) {
    s->ready &= ~(1u << me);
    return;
  }
  s->polling |= 1u << me;
  switch_to(next);
}

/* Let others of the warp run, if any can, and whoever looks for its turn. */
void hdl_context_yield(struct hdl_thread *t) {
  struct hdl_warp *s = here();
  uint32_t me = arch_lane();
  uint32_t next = hdl_lanes_in_region(t) ? HDL_NO_LANE : choose(t, true);
  if (next == HDL_NO_LANE && s->polling && !hdl_lanes_in_region(t))
    next = s->looked = behind(s->polling, s->looked);
  if (next == HDL_NO_LANE || next == me) {
    s->ready &= ~(1u << me);
    arch_wait(32, "thrd_yield", NULL);
    return;
  }
  s->ready |= 1u << me;
  switch_to(next);
}

/* Whether a warp that looks for something keeps nobody from running. */
bool hdl_context_is_alone(const struct hdl_thread *t) {
  const struct hdl_warp *s = here();
  uint32_t idle = s->sleeper ? 1u : 0u; /* lane 0 only waits for work */
  return !hdl_lanes_in_region(t) && !(s->ready | (s->polling & ~idle));
}

/* How long to pause after a pause of `ns`, when there is still nobody to run. */
static uint32_t longer(uint32_t ns) {
  return ns == 0 ? 32 : ns < 256 ? 2 * ns : 256;
}

/* Whether the running context has been woken. */
static bool take_wake(uint32_t bit) {
  struct hdl_warp *s = here();
  if (!(s->woken & bit))
    return false;
  s->woken &= ~bit;
  s->ready &= ~bit;
  return true;
}

/* The same for a thread of a nested region (C4). */
HDL_OUTLINE static bool woken_in_region(struct hdl_thread *t, uint32_t bit) {
  struct hdl_warp *s = here();
  if (arch_load_rlx_cta(&s->wake) & bit) {
    arch_add_acq_rel_cta(&s->wake, -bit); /* X2 */
    return true;
  }
  if (arch_load_rlx_gpu(&t->worker->wake) & bit) {
    arch_add_acq_rel_gpu(&t->worker->wake, -bit); /* X1 */
    return true;
  }
  return false;
}

/* Wait until the waiter of the calling context is woken.  False if `deadline`,
 * on the device's clock, came first: the caller must see to it that nobody
 * wakes it later, or call again (C5). */
bool hdl_suspend(struct hdl_thread *t, uint64_t deadline, const char *what) {
  struct hdl_warp *s = here();
  uint32_t me = arch_lane();
  bool region = hdl_lanes_in_region(t);
  struct hdl_backoff pause = {0};
  if (!region)
    hdl_task_expose(t);
  for (;;) {
    if (region ? woken_in_region(t, 1u << me) : take_wake(1u << me)) {
      arch_progress();
      return true;
    }
    if (deadline != HDL_FOREVER) {
      arch_progress(); /* as in expire */
      if (arch_clock_ns() >= deadline)
        return false;
    }
    uint32_t next = region ? HDL_NO_LANE : choose(t, pause.ns >= 128);
    if (next == HDL_NO_LANE && !region && s->polling)
      next = s->looked = behind(s->polling, s->looked);
    if (next == HDL_NO_LANE) {
      pause.ns = longer(pause.ns);
      doze(t, pause.ns, what, NULL);
    } else if (next == me) {
      s->ready &= ~(1u << me);
    } else {
      struct hdl_contexts *c = contexts_here();
      if (c) {
        c->what[me] = what;
        c->deadline[me] = deadline;
      }
      if (!c) {
        s->polling |= 1u << me; /* without the memory, look now and then */
      } else if (deadline != HDL_FOREVER) {
        if (!s->timed || deadline < s->earliest)
          s->earliest = deadline;
        s->timed |= 1u << me;
      }
      switch_to(next);
      pause.ns = 0;
    }
  }
}

/* ------------------------------------------------------------------------
 * The life of a context on a lane above 0 */

/* The thread of the calling lane, as a new explicit thread has it: the initial
 * thread of a team of its own. */
HDL_OUTLINE static struct hdl_thread *fresh_thread(struct hdl_contexts *c,
                                                   struct hdl_strand *strand) {
  uint32_t me = arch_lane();
  const struct hdl_thread *base = hdl_warp_thread();
  struct hdl_thread *t = &c->lane[me].thread;
  struct hdl_team *team = c->team[me];
  team->kind = HDL_TEAM_SERIAL;
  team->size = 1;
  team->level = 0;
  team->active_level = 0;
  team->parent = NULL;
  team->parent_num = 0;
  team->singles = 0;
  team->copied = NULL;
  team->held = 0;
  team->handed = 0;
  team->cancel = (struct hdl_cancellation){0};
  team->icv = base->grid->initial.icv;
  team->allocator = 1; /* omp_default_mem_alloc */
  t->grid = base->grid;
  t->worker = base->worker;
  t->id = base->id;
  hdl_lane_begin(&c->lane[me], team, 0);
  t->error = 0;
  t->token = NULL;
  t->strand = strand;
  t->self = strand->id;
  hdl_stack_clear(t);
  return t;
}

static _Noreturn void life(void);

/* The context of the calling lane is over, and nothing of it is left on the
 * stack: others go on, and the lane waits for its next thread. */
HDL_OUTLINE static _Noreturn void over(struct hdl_thread *t) {
  struct hdl_warp *s = here();
  uint32_t me = arch_lane(), next;
  uint64_t mark = t->worker->contexts->mark[me];
  s->live &= ~(1u << me);
  struct hdl_backoff pause = {0};
  while ((next = choose(t, pause.ns >= 128)) == HDL_NO_LANE) {
    if (s->polling) {
      next = s->looked = behind(s->polling, s->looked);
      break;
    }
    pause.ns = longer(pause.ns);
    arch_wait(pause.ns, blocked_in(worker_here()->contexts->what[0]), NULL);
  }
  if (next == me)
    arch_stack_restart(mark, life);
  hdl_lanes_serve(mark, HDL_SWITCH_TO(next), me);
}

/* The calling lane runs the thread it has been chosen for. */
static _Noreturn void life(void) {
  struct hdl_contexts *c = hdl_warp_thread()->worker->contexts;
  hdl_block()->lanes[warp_index()] = c->lane; /* N2 in lanes.c */
  struct hdl_thread *t = fresh_thread(c, c->start[arch_lane()]);
  hdl_strand_run(t);
  over(t);
}

/* hdl_context_ops.start: see there. */
__attribute__((noreturn)) static void start(uint64_t mark) {
  hdl_warp_thread()->worker->contexts->mark[arch_lane()] = mark;
  arch_stack_restart(mark, life);
}

static _Noreturn void rest(void) { over(hdl_self()); }

/* The explicit thread `t`, which is the caller, ends here, however deep.  The
 * lane gives up its stack first: regions may run on it before its next thread
 * does. */
_Noreturn void hdl_context_exit(struct hdl_thread *t) {
  arch_stack_restart(t->worker->contexts->mark[arch_lane()], rest);
}

const struct hdl_context_ops hdl_context_table = {
    .wait = wait, .busy = busy, .start = start, .finish = hdl_strands_finish};
