/* runtime.h - what the files of the device runtime call of one another, by file;
 * objects.h has what they work on. */
#ifndef HDL_RUNTIME_H
#define HDL_RUNTIME_H

#include "objects.h"

/* Not to be inlined.  Programs are compiled with the runtime where they run;
 * with everything inlined everywhere the driver took 28 s for a page of code. */
#define HDL_OUTLINE __attribute__((noinline))

extern HDL_BLOCK_LOCAL struct hdl_block hdl_block_here;

static inline struct hdl_block *hdl_block(void) {
  return (struct hdl_block *)arch_shared(&hdl_block_here);
}

/* One for each warp of the block, in a grid team. */
extern HDL_BLOCK_LOCAL struct hdl_warp_state hdl_warps_here[];

static inline struct hdl_warp_state *hdl_warps(void) {
  return (struct hdl_warp_state *)hdl_warps_here;
}
/* And the calling one's. */
static inline struct hdl_warp_state *hdl_warp_state(void) {
  return &hdl_warps()[arch_tid() / ARCH_LANES];
}
/* How many members a grid team of `size` has in block `b`. */
static inline uint32_t hdl_block_members(const struct hdl_block *b,
                                         uint32_t size) {
  uint32_t members = size - b->first;
  return members < b->warps ? members : b->warps;
}
static inline bool hdl_cancellation(void) {
  return hdl_uses_cancel && hdl_block()->cancellation;
}

/* lanes.c */
struct hdl_thread *hdl_make_lane(void);

/* Whether the calling warp is one thread, of a grid team; if not, its lanes are
 * threads (N2 in lanes.c). */
static inline bool hdl_is_whole(void) {
  return !hdl_block()->lanes[arch_tid() / ARCH_LANES];
}

/* settled.c */
uint64_t hdl_settled(const HDL_BLOCK_LOCAL uint64_t *p);

/* The same for code of the program, which never sees it change: a region on the
 * lanes of a warp, or another context, comes and goes while the code that began
 * before calls something or waits. */
static inline bool hdl_is_whole_here(void) {
  return !hdl_settled((const HDL_BLOCK_LOCAL uint64_t *)&hdl_block_here
                          .lanes[arch_tid() / ARCH_LANES]);
}

/* That one thread.  It lies in shared memory, and the compiler sees so where
 * this stands in place of some pointer to it: an access is one instruction then
 * and three else.  So what is frequent asks whether the warp is whole and has a
 * way of its own for that. */
static inline struct hdl_thread *hdl_warp_thread(void) {
  return &hdl_warp_state()->thread;
}
/* And where its `stack` points. */
static inline struct hdl_task **hdl_warp_stack(void) {
  return hdl_warp_state()->stack;
}

/* The calling thread.  A lane becomes one when it needs to be. */
static inline struct hdl_thread *hdl_self(void) {
  if (hdl_is_whole())
    return hdl_warp_thread();
  struct hdl_block *b = hdl_block();
  uint32_t warp = arch_tid() / ARCH_LANES;
  if (!(b->made[warp] >> arch_lane() & 1))
    return hdl_make_lane();
  return &b->lanes[warp][arch_lane()].thread;
}

/* Whether a `parallel` that `t`, of a grid, meets now gets the grid's threads, and
 * not lanes: the initial thread does, outside of any region and task. */
static inline bool hdl_forks_grid(const struct hdl_thread *t) {
  return t->id == 0 && t->team == &t->grid->initial &&
         t->task->flags & HDL_TASK_IMPLICIT;
}

/* kernel.c */
#define HDL_SETTINGS_KNOWN       (UINT64_C(1) << 63)
#define HDL_SETTING_CANCELLATION (UINT64_C(1) << 62) /* cancel-var */
uint64_t hdl_settings(void); /* below: max-task-priority-var, 32 bits */
void hdl_kernel_leave(struct hdl_thread *t);
void hdl_worker_loop(struct hdl_thread *t);

/* team.c */
void hdl_team_reset(struct hdl_grid *g, struct hdl_icv icv);
void hdl_team_member(uint32_t region);
void hdl_team_open_initial(struct hdl_thread *t);
void hdl_team_close_initial(struct hdl_thread *t, bool events);
void hdl_team_await_held(struct hdl_thread *t, const struct ident *loc);
static inline void hdl_team_await_events(struct hdl_thread *t,
                                         const struct ident *loc) {
  if (hdl_uses_depend) /* else there are none */
    hdl_team_await_held(t, loc);
}
void hdl_team_fork(uint32_t n, void *fn, region_thunk *thunk,
                   const uint64_t *args, uint32_t nargs,
                   const struct ident *loc);

/* barrier.c */
#define HDL_BARRIER_HINT   (UINT64_C(1) << 24) /* one of the field */
#define HDL_BARRIER_ENDING 3u
static inline uint32_t hdl_barrier_hint(uint64_t word) {
  return (uint32_t)(word / HDL_BARRIER_HINT) & HDL_BARRIER_ENDING;
}
/* What HINT is if tasks have been made public in `generation`. */
static inline uint32_t hdl_barrier_hint_of(uint32_t generation) {
  return 1 + (generation / HDL_GENERATION & 1);
}
/* How many barriers are over by `word`; see B5. */
static inline uint32_t hdl_barriers_over(uint64_t word) {
  uint32_t generation = HDL_BARRIER_GENERATION(word);
  uint32_t hint = hdl_barrier_hint(word);
  bool ends = hint == HDL_BARRIER_ENDING ||
              hint == hdl_barrier_hint_of(generation - HDL_GENERATION);
  return ends ? generation - HDL_GENERATION : generation;
}
bool hdl_team_enter_busy(struct hdl_thread *t, struct hdl_team *team);
void hdl_team_leave_busy(struct hdl_thread *t, struct hdl_team *team);
void hdl_team_first_hint(struct hdl_thread *t);
/* The calling thread is about to make something public (B4). */
static inline void hdl_team_mark(struct hdl_thread *t) {
  if (t->hinted != t->generation + 1)
    hdl_team_first_hint(t);
}
/* Idle threads are to ask the calling thread for tasks, or to look into the lists of
 * its team or, if that waits for them (B7), of another (B6). */
static inline void hdl_team_hint(struct hdl_thread *t) {
  hdl_team_mark(t);
  arch_store_rlx_gpu(&t->grid->hint, t->id + 1);
}
void hdl_team_hold(struct hdl_thread *t, struct hdl_team *team);
void hdl_team_unhold(struct hdl_thread *t, struct hdl_team *team);
void hdl_region_barrier(const struct ident *loc);
void hdl_barrier(struct hdl_thread *t, const struct ident *loc);

/* parallel.c */
void hdl_team_run_serial(struct hdl_thread *t, void *fn, region_thunk *thunk,
                         const uint64_t *args, uint32_t nargs);

/* region.c */
enum { HDL_DIRECT_ARGS = 16 }; /* of a region without a thunk, at most */
void hdl_region_call(void *fn, region_thunk *thunk, uint32_t num,
                     uint32_t nargs, const uint64_t *a);

/* reduce.c */
uint32_t hdl_reduce_fan(uint32_t blocks);

/* lanes.c */
uint32_t hdl_lanes_all(void);
uint32_t hdl_lanes_meet(uint32_t order, uint32_t running);
void hdl_lanes_join(uint32_t mask);
void hdl_lanes_run(void);
bool hdl_lanes_in_region(const struct hdl_thread *t);
uint32_t hdl_lanes_free(const struct hdl_thread *t);
uint32_t hdl_lanes_for_parallel(const struct hdl_thread *t);
void hdl_lanes_fork(struct hdl_thread *t, uint32_t n, void *fn,
                    region_thunk *thunk, const uint64_t *args, uint32_t nargs);
_Noreturn void hdl_lanes_serve(uint64_t mark, uint32_t order, uint32_t running);
void hdl_lanes_dismiss(void);
bool hdl_lanes_reduce(uint32_t num, void *list, shuffle_fn *fn);
uint32_t hdl_lanes_shuffle_apart(uint32_t word, int16_t offset);
/* The region on the calling warp's lanes. */
static inline struct hdl_lane_region *hdl_lanes_region(void) {
  return &hdl_warp_state()->lanes;
}
/* The word of the thread `offset` further on there; one's own if there is none. */
static inline uint32_t hdl_lanes_shuffle(uint32_t word, int16_t offset) {
  uint32_t mask = hdl_lanes_region()->mask, lane = arch_lane();
  if (hdl_lanes_region()->primary != 0 || (mask & (mask + 1)) != 0)
    return hdl_lanes_shuffle_apart(word, offset);
  uint32_t other = lane + (uint32_t)(int32_t)offset; /* numbers are lanes */
  return arch_shuffle(mask, word,
                      other < hdl_lanes_region()->size ? other : lane);
}
/* The thread number of the calling lane there: the primary has 0, the others
 * follow in their order. */
static inline uint32_t hdl_lanes_number(void) {
  uint32_t primary = hdl_lanes_region()->primary, lane = arch_lane();
  uint32_t others = hdl_lanes_region()->mask & ~(1u << primary);
  return lane == primary
             ? 0
             : 1 + (uint32_t)__builtin_popcount(others & ((1u << lane) - 1));
}

/* wait.c */
bool hdl_watch(struct hdl_thread *t, struct hdl_worker *victim);
void hdl_watch_closely(uint64_t fork, uint64_t state, const char *what);
void hdl_tell_block(uint64_t fork, uint64_t state);
static inline uint64_t hdl_seen_fork(void) {
  return arch_load_rlx_cta(&hdl_block()->fork);
}
static inline uint64_t hdl_seen_state(void) {
  return arch_load_rlx_cta(&hdl_block()->state);
}
/* Whether the block's copies are no longer `fork` and `state`, which one looks for
 * about as long as a load from device memory takes. */
static inline bool hdl_is_told(uint64_t fork, uint64_t state) {
  enum { LOOKS = 8 };
  for (uint32_t i = 0; i < LOOKS; i++)
    if (hdl_seen_fork() != fork || hdl_seen_state() != state)
      return true;
  return false;
}
/* The caller has seen or made `state` in the grid (W1): so do others of its block. */
static inline void hdl_tell_state(uint64_t state) {
  arch_store_rel_cta(&hdl_block()->state, state); /* W2 */
  arch_progress();
}
/* Whether the calling thread is now the one of block `b` that polls.  It is looked
 * at first, since a swap takes longer. */
static inline bool hdl_become_poller(struct hdl_block *b) {
  return arch_load_rlx_cta(&b->poller) == 0 &&
         arch_xchg_acq_rel_cta(&b->poller, 1) == 0; /* W3 in wait.c */
}
/* What the calling thread waited for has been seen. */
static inline void hdl_watch_done(void) {
  arch_fence_acq_rel_cta(); /* W2 in wait.c */
  arch_progress();
}
#define HDL_STATE(generation, hint) ((uint64_t)(hint) << 32 | (generation))
#define HDL_STATE_GENERATION(s)     ((uint32_t)(s))
#define HDL_STATE_HINT(s)           ((uint32_t)((s) >> 32))

/* task.c */
void hdl_task_run(struct hdl_thread *t, struct hdl_task *task);
void hdl_task_run_local(struct hdl_thread *t, uint32_t mark);
struct hdl_worker *hdl_task_victim(struct hdl_thread *t, struct hdl_team *team);
bool hdl_task_steal(struct hdl_thread *t, struct hdl_team *team,
                    struct hdl_worker *victim, bool counted);
void hdl_task_expose(struct hdl_thread *t);
void hdl_task_wait(struct hdl_thread *t, const struct ident *loc);
void hdl_task_init_implicit(struct hdl_task *task, struct hdl_icv icv);
bool hdl_task_undeferred(struct hdl_thread *t, struct hdl_task *task,
                         const struct ident *loc);
void hdl_task_submit_ready(struct hdl_thread *t, struct hdl_node *ready);
void hdl_task_complete(struct hdl_thread *t, struct hdl_task *task,
                       struct hdl_node **ready);

/* `task` goes where others can take it, or has been taken back before one did (T2
 * in task.c). */
static inline void hdl_task_publish(struct hdl_task *task) {
  if (task->public_ == HDL_PRIVATELY)
    task->public_ = HDL_PUBLISHED;
}
static inline void hdl_task_take_back(struct hdl_task *task) {
  if (task->public_ == HDL_PUBLISHED)
    task->public_ = HDL_PRIVATELY;
}

/* The calling thread goes on with `task`. */
static inline void hdl_task_switch(struct hdl_thread *t,
                                   struct hdl_task *task) {
  t->task->open = t->children;
  t->task = task;
  t->children = task->open;
}

/* taskloop.c: `task`, which is about to run here, gives away all chunks but one. */
void hdl_taskloop_split(struct hdl_thread *t, struct hdl_task *task);

/* priority.c, only if t->priorities is not 0: hand over a ready task, false if
 * it has no priority above 0; take one, a descendant of `ancestor` or if that
 * is NULL any; run one and all that comes of it, see hdl_task_steal. */
bool hdl_priority_push(struct hdl_thread *t, struct hdl_task *task);
struct hdl_task *hdl_priority_take(struct hdl_thread *t,
                                   const struct hdl_task *ancestor);
bool hdl_priority_run(struct hdl_thread *t, bool counted);

/* depend.c, graph.c */
void hdl_depend_complete(struct hdl_thread *t, struct hdl_node *node,
                         struct hdl_node **ready);
void hdl_graph_free(struct hdl_thread *t);
/* Whether the current task has generated dependent tasks. */
static inline bool hdl_graph_exists(const struct hdl_thread *t) {
  return t->graph && t->graph->task == t->task;
}
/* The current task ends. */
static inline void hdl_graph_end(struct hdl_thread *t) {
  if (hdl_uses_depend && hdl_graph_exists(t))
    hdl_graph_free(t);
}

/* event.c */
void hdl_event_body_ended(struct hdl_thread *t, struct hdl_task *task,
                          struct hdl_node **ready);
bool hdl_event_run_any(struct hdl_thread *t, struct hdl_team *team,
                       bool counted);
static inline bool hdl_event_run(struct hdl_thread *t, struct hdl_team *team,
                                 bool counted) {
  return hdl_uses_depend && hdl_event_run_any(t, team, counted);
}
void hdl_event_run_awaited(struct hdl_thread *t, const struct hdl_group *group);

/* taskgroup.c */
void hdl_group_enter(struct hdl_thread *t, struct hdl_group *g);
void hdl_group_leave(struct hdl_thread *t, struct hdl_group *g);
void hdl_group_begin(struct hdl_thread *t);
void hdl_group_end(struct hdl_thread *t, const struct ident *loc);

/* taskred.c */
void hdl_reductions_end(struct hdl_thread *t, struct hdl_reductions *r);

/* pool.c */
void *hdl_arena(uint64_t bytes, const char *what);
void hdl_clear(void *memory, uint64_t bytes);
void hdl_copy(void *to, const void *from, uint64_t bytes);

/* stack.c */
void *hdl_stack_push(struct hdl_thread *t, uint64_t bytes);
void hdl_stack_pop(struct hdl_thread *t, void *p);
bool hdl_stack_reserve(struct hdl_thread *t);
void hdl_stack_clear(struct hdl_thread *t);

/* cancel.c */
bool hdl_cancelled_region(const struct hdl_thread *t);
bool hdl_cancelled_around(const struct hdl_group *g);
static inline bool hdl_cancelled_group(const struct hdl_group *g) {
  return hdl_uses_groups && hdl_cancellation() && hdl_cancelled_around(g);
}
void hdl_cancel_end(struct hdl_thread *t, const struct ident *loc);
void hdl_cancel_barrier_ends(struct hdl_team *team, uint32_t generation);
void hdl_cancel_tidy(struct hdl_grid *g);

/* The calling thread has a new implicit task, and is in no construct yet. */
static inline void hdl_worksharing_begin(struct hdl_worksharing *ws) {
  ws->singles = ws->loops = ws->all = 0;
  ws->reductions = ws->reduced = ws->reduced_at = 0;
  ws->within = false;
  ws->slot = 0;
  ws->ordered = false;
  ws->doacross = NULL;
}

/* `lane` begins as thread `num` of `team`, with no tasks of its own: its tasks are
 * undeferred.  The rest is said by who makes it a thread. */
static inline void hdl_lane_begin(struct hdl_lane *lane, struct hdl_team *team,
                                  uint32_t num) {
  struct hdl_thread *t = &lane->thread;
  t->team = team;
  t->num = num;
  t->task = &lane->implicit;
  t->group = NULL;
  t->graph = NULL;
  t->strand = NULL;
  t->hinted = 0;
  t->defers = t->lent = t->priorities = t->children = t->crowd = 0;
  t->bottom = t->count = t->mark = 0;
  hdl_worksharing_begin(&t->ws);
  t->allocator = team->allocator;
  t->copies_serial = 0;
  hdl_task_init_implicit(t->task, team->icv);
}
/* The slots of the first `n` loops of a region of `team`, or fewer, are as at its
 * start. */
static inline void hdl_team_reset_loops(struct hdl_team *team, uint32_t n) {
  for (uint32_t i = 0; i < HDL_LOOPS && i < n; i++)
    team->loop[i] = (struct hdl_loop){.turn = i};
}

/* loop.c */
/* The loop that the calling thread is in, if others share it, or NULL. */
static inline struct hdl_loop *hdl_loop_here(struct hdl_thread *t) {
  return t->ws.slot ? &t->team->loop[t->ws.slot - 1] : NULL;
}
struct hdl_loop *hdl_loop_enter(struct hdl_thread *t, const struct ident *loc);
void hdl_loop_leave(struct hdl_thread *t, struct hdl_loop *loop);
void hdl_loop_end(struct hdl_thread *t);

/* doacross.c */
void hdl_doacross_free(struct hdl_loop *loop);

/* ordered.c */
void hdl_ordered_chunk(struct hdl_worksharing *ws, uint64_t first,
                       uint64_t count);
void hdl_ordered_chunk_done(struct hdl_thread *t, const struct ident *loc);
void hdl_ordered_iteration_done(struct hdl_thread *t);

/* lock.c */
void hdl_lock(struct hdl_ticket_lock *l, const char *what);
void hdl_lock_long(struct hdl_ticket_lock *l, const char *what,
                   const char *where);
bool hdl_trylock(struct hdl_ticket_lock *l);
void hdl_unlock(struct hdl_ticket_lock *l);
void hdl_unlock_quietly(struct hdl_ticket_lock *l);

/* fault.c */
_Noreturn void hdl_fault(uint32_t kind, const char *what, const char *where,
                         uint64_t arg0, uint64_t arg1);
void hdl_note(uint32_t kind, const char *what, const char *where,
              uint64_t arg0);

/* output.c: print the text of `bytes` characters, which a nul follows, with
 * `flags` of enum hdl_output_flags. */
void hdl_output(uint32_t flags, const char *text, size_t bytes);
uint64_t hdl_output_end(void); /* the position after what has been printed */

/* An address in some thread's local memory must not reach another thread:
 * there it would silently mean that thread's own memory (design 4.1). */
bool hdl_any_local(const void *words, uint64_t bytes);

/* watchdog.c: a wait has lasted for so many more sleeps; `first`: it is the
 * first time that this is said of it. */
void hdl_long_wait(bool first, const char *what, const char *where);

/* Waiting: every loop that waits for another thread sleeps through this.  The
 * sleep doubles, so that many waiters do not drown the memory they watch.  Set
 * `ns` to 0 when something has been done. */
struct hdl_backoff {
  uint32_t ns;
  uint32_t sleeps; /* of this wait */
};
void hdl_wait_look(void);
static inline const struct hdl_context_ops *hdl_contexts(void) {
  return (const struct hdl_context_ops *)(uintptr_t)arch_load_rlx_cta(
      &hdl_block()->contexts);
}
/* Whether the block knows of explicit threads: waiting is then their turn. */
static inline bool hdl_has_contexts(void) {
  return hdl_uses_threads && hdl_contexts();
}
void hdl_wait(uint32_t ns, const char *what, const char *where);
static inline void hdl_backoff(struct hdl_backoff *b, uint32_t max_ns,
                               const char *what, const char *where) {
  if (b->ns == 0)
    *b = (struct hdl_backoff){.ns = 32};
  if (hdl_uses_threads && b->sleeps % 16 == 15)
    hdl_wait_look();
  hdl_wait(b->ns, what, where);
  if (b->ns < max_ns)
    b->ns *= 2;
  if (++b->sleeps % ARCH_LONG_WAIT == 0)
    hdl_long_wait(b->sleeps == ARCH_LONG_WAIT, what, where);
}

#endif /* HDL_RUNTIME_H */
