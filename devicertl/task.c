/* task.c - explicit tasks: creation, execution, completion, stealing.
 *
 * A thread runs its own tasks youngest first and gives its oldest to thieves.
 * Every task is tied: it stays on the thread that began it (an untied one may,
 * and here does).  At a taskwait a thread runs only descendants of the waiting
 * task, as the task scheduling constraint demands (OpenMP 5.2, 12.9); those are
 * the tasks above the mark, the height of the deque when that task began.  So a
 * waiting task is never buried under a stranger, and stacks stay as deep as the
 * program's own recursion.  At a barrier a thread runs anything of its team.
 *
 * Counting children
 *   T1  task->open, or t->children while it is the current task: children created,
 *       less those that were complete while they were not `public_`.  Such a child
 *       was created, waits and runs on the task's own thread: a plain count.
 *   T2  Whoever completes a child that is public adds one to `done`.  A child
 *       that another thread may release or complete is public from the start, one
 *       in the public part of a deque as long as it is there or stolen.  The
 *       children of a running task are complete when open == done; then both may
 *       be made 0.
 *   T3  A task whose body ends before its children (`finished`) turns both
 *       counts into one: it adds -open to done, and every later completion adds
 *       one.  Whoever brings that to 0 frees the task.  Before, done is at least
 *       1 after each addition: nobody else can see 0.
 * Pairings
 *   T4  completion of a public child, release -> wait, relaxed polls and one
 *       fence: the parent sees what the child did; or -> the addition that makes
 *       it 0, and a fence: the one who frees the task comes after all who touched
 *       it. */
#include "task.h"

#include "depend.h"
#include "deque.h"
#include "league.h"

enum {
  FAVOURS = 128, /* threads that look at one victim at a time */
  LONG_WAIT = 4, /* sleeps of a taskwait before what is beneath is given away */
};

void hdl_task_init_implicit(struct hdl_task *task, struct hdl_icv icv) {
  *task = (struct hdl_task){.icv = icv, .flags = HDL_TASK_IMPLICIT};
}

/* `task` does not run any more; free it, now or with its last child (T3). */
static void task_end(struct hdl_thread *t, struct hdl_task *task) {
  uint32_t open = task->open;
  if (open) {
    task->finished = 1;
    uint32_t done = arch_add_rel_gpu(&task->done, -open); /* T4 */
    if (done != open)
      return;
    arch_fence_acq_rel_gpu(); /* T4 */
  }
  hdl_pool_put(t, task, task->pool_class, task->home);
}

/* Tell successors, group and parent that `task` is complete.  Successors that
 * became ready are put on the list `ready`. */
void hdl_task_complete(struct hdl_thread *t, struct hdl_task *task,
                       struct hdl_node **ready) {
  if (hdl_uses_depend && task->node)
    hdl_depend_complete(t, task->node, ready);
  if (hdl_uses_groups && task->group)
    hdl_group_leave(t, task->group);
  struct hdl_task *parent = task->parent;
  if (!task->public_ && !parent->finished) {
    if (parent == t->task) /* T1 */
      t->children--;
    else
      parent->open--;
  } else if (arch_add_rel_gpu(&parent->done, 1u) + 1 == 0) {   /* T4 */
    arch_fence_acq_rel_gpu();                                  /* T4 */
    hdl_pool_put(t, parent, parent->pool_class, parent->home); /* T3 */
  }
}

/* The body of `task` has ended here: complete it, and let it go. */
static void body_ended(struct hdl_thread *t, struct hdl_task *task,
                       struct hdl_node **ready) {
  if (hdl_uses_depend && task->flags & HDL_TASK_DETACH) {
    hdl_event_body_ended(t, task, ready);
    return;
  }
  hdl_task_complete(t, task, ready);
  task_end(t, task);
}

/* Whether priority.c should have a look at `task`. */
static bool is_prior(const struct hdl_thread *t, const struct hdl_task *task) {
  return task->flags & HDL_TASK_PRIOR && t->priorities;
}

/* Push tasks that became ready here.  Returns those for which there is no room.
 *
 * That is as good as if their parent had pushed them.  The task that released
 * them was the parent's child as they are, and it has left the stack: whatever
 * waits on the stack now was its ancestor, so it is theirs, and may run them.
 * If there are several, all but one are for thieves at once, since tasks with
 * dependences tend to be coarse and `share` looks only now and then. */
HDL_OUTLINE static struct hdl_node *push_ready(struct hdl_thread *t,
                                               struct hdl_node *ready) {
  if (!t->stack)
    return ready; /* a lane (N4 in lanes.c) */
  bool several = ready && ready->next;
  while (ready) {
    if (t->count == HDL_PRIVATE)
      deque_publish(t, HDL_PRIVATE / 2);
    if (t->count == HDL_PRIVATE)
      return ready;
    struct hdl_node *node = ready;
    ready = node->next; /* not ours once the task is public */
    if (is_prior(t, node->task) && hdl_priority_push(t, node->task))
      continue;
    t->stack[t->count++] = node->task;
  }
  if (several && t->count > 1 && deque_is_dry(t)) /* not all had a priority */
    deque_publish(t, t->count - 1);
  return NULL;
}

/* What few bodies need when they return: the next part of an untied task, a
 * destructor. */
HDL_OUTLINE static void after_body(struct hdl_thread *t,
                                   struct hdl_task *task) {
  struct kmp_task *k = task_kmp(task);
  while (task->flags & HDL_TASK_REQUEUED) {
    task->flags &= (uint16_t)~HDL_TASK_REQUEUED;
    k->routine((int32_t)t->num, k);
  }
  if (task->flags & HDL_TASK_DESTRUCT)
    ((task_entry_fn *)k->data1.destructors)((int32_t)t->num, k);
}

/* Run the body of `task` on this thread. */
static inline void run_body(struct hdl_thread *t, struct hdl_task *task) {
  struct hdl_task *outer = t->task;
  struct hdl_group *group = t->group;
  uint32_t mark = t->mark;
  if (hdl_uses_taskloop && task->flags & HDL_TASK_CHUNKS)
    hdl_taskloop_split(t, task);
  hdl_task_switch(t, task);
  if (hdl_uses_groups)
    t->group = task->group;
  t->mark = deque_height(t);
  struct kmp_task *k = task_kmp(task);
  arch_progress();
  if (!hdl_cancelled_group(task->group)) { /* else it is discarded (16.1) */
    k->routine((int32_t)t->num, k);
    if (task->flags & (HDL_TASK_REQUEUED | HDL_TASK_DESTRUCT))
      after_body(t, task);
  }
  hdl_graph_end(t);
  hdl_task_switch(t, outer);
  if (hdl_uses_groups)
    t->group = group;
  t->mark = mark;
}

/* Run `task` to its end on this thread, and then those that it released and
 * that found no room in the deque: one after the other, so that a long chain
 * needs no deep stack. */
HDL_OUTLINE void hdl_task_run(struct hdl_thread *t, struct hdl_task *task) {
  struct hdl_node *ready = NULL;
  for (;;) {
    run_body(t, task);
    body_ended(t, task, &ready);
    arch_progress();
    if (!hdl_uses_depend)
      return;
    ready = push_ready(t, ready);
    if (!ready)
      return;
    task = ready->task;
    ready = ready->next;
  }
}

HDL_OUTLINE void hdl_task_run_other(struct hdl_task *task) {
  hdl_task_run(hdl_self(), task);
}

/* The body of `task`, which releases none, has ended here. */
HDL_OUTLINE void hdl_task_ended(struct hdl_task *task) {
  struct hdl_thread *t = hdl_self();
  hdl_task_complete(t, task, NULL);
  task_end(t, task);
  arch_progress();
}

/* Take over the list `ready` of tasks that the current task, or an undeferred
 * child of it, has found or made ready. */
HDL_OUTLINE void hdl_task_submit_ready(struct hdl_thread *t,
                                       struct hdl_node *ready) {
  ready = push_ready(t, ready);
  while (ready) {
    struct hdl_task *task = ready->task;
    ready = ready->next;
    hdl_task_run(t, task);
  }
}

/* Give thieves something if the public part is empty.  Looking costs a trip to
 * device memory and giving a release, so we look only now and then: soon after
 * thieves have emptied it, and less and less often while they have not.
 * Where tasks are coarse, all private ones are given: a long task must not keep
 * others hidden beneath it. */
HDL_OUTLINE void hdl_task_share(uint32_t now) {
  struct hdl_thread *t = hdl_self();
  uint64_t ends = deque_look(t);
  uint32_t top = (uint32_t)ends, ticks = 2 * t->share_ticks;
  if (!hdl_ends_apart(ends)) {
    bool coarse = now - t->scheduled_at > ARCH_COARSE_TICKS || t->count <= 2;
    deque_publish(t, coarse ? t->count : (t->count + 1) / 2);
    now = arch_ticks();
    if (top != t->shown)
      ticks = ARCH_SHARE_LEAST;
  }
  t->shown = top;
  t->shared_at = now;
  t->share_ticks = ticks < ARCH_SHARE_MOST ? ticks : ARCH_SHARE_MOST;
}

/* A thread that waits opens all it has to thieves, since it may be unable to
 * run it: what lies below the mark is not its to run now. */
HDL_OUTLINE void hdl_task_expose(struct hdl_thread *t) {
  if (t->count)
    deque_publish(t, t->count);
}

HDL_OUTLINE struct hdl_task *hdl_task_take(void) {
  return deque_take(hdl_self());
}

/* The youngest own task that was pushed above `mark`, but first a descendant of
 * the current task with a priority, or NULL. */
HDL_OUTLINE static struct hdl_task *pop_any(struct hdl_thread *t,
                                            uint32_t mark) {
  struct hdl_task *task = t->priorities ? hdl_priority_take(t, t->task) : NULL;
  if (task)
    return task;
  return hdl_task_pop(t, t->stack, mark);
}

static inline void run_local(struct hdl_thread *t, uint32_t mark) {
  struct hdl_task *task;
  if (!hdl_is_whole() || t->priorities) {
    while ((task = pop_any(t, mark)))
      hdl_task_run(t, task);
    return;
  }
  struct hdl_task *outer = hdl_warp_thread()->task;
  while ((task = hdl_task_pop(hdl_warp_thread(), hdl_warp_stack(), mark)))
    hdl_task_run_here(task, outer);
}

/* Run own tasks above `mark`, and what has a priority, until none is left. */
HDL_OUTLINE void hdl_task_run_local(struct hdl_thread *t, uint32_t mark) {
  run_local(t, mark);
}

/* A worker that may have tasks of `team`, or NULL if nobody has made any public
 * since the last barrier. */
struct hdl_worker *hdl_task_victim(struct hdl_thread *t,
                                   struct hdl_team *team) {
  uint32_t hint = HDL_STATE_HINT(hdl_seen_state());
  if (hint == 0)
    return NULL;
  struct hdl_grid *g = t->grid;
  uint32_t n = team == &g->initial ? g->workers : team->size;
  t->seed ^= t->seed << 13;
  t->seed ^= t->seed >> 17;
  t->seed ^= t->seed << 5;
  /* Every other time try who last had something to give, but no more than some
   * threads at a time: a thousand of them would queue for one line of the L2,
   * and its owner behind them. */
  bool last = t->seed & 0x10000 && (t->seed & 0xffff) * n >> 16 < FAVOURS;
  uint32_t id = last ? hint - 1 : (uint32_t)((uint64_t)t->seed * n >> 32);
  return id < n && id != t->id ? &g->worker[id] : NULL;
}

/* Let others have the `more` tasks that follow `task` in its bundle, which this
 * thread, which had none, has stolen.  They are not its children: they stay public
 * when they come back from its deque. */
HDL_OUTLINE static void share_bundle(struct hdl_thread *t,
                                     struct hdl_task *task, uint32_t more) {
  while (more-- > 0) {
    task = task->next;
    task->public_ = HDL_PUBLIC;
    t->stack[t->count++] = task;
  }
  deque_publish(t, t->count);
}

/* One attempt to steal a task of `team` from `victim` and to run it with all
 * that comes of it on this thread.  `counted`: the thread is counted as busy
 * already.  True if it ran one. */
HDL_OUTLINE bool hdl_task_steal(struct hdl_thread *t, struct hdl_team *team,
                                struct hdl_worker *victim, bool counted) {
  if (!counted && !hdl_team_enter_busy(t, team))
    return false;
  uint64_t slot = deque_steal(victim);
  if (slot) {
    uint32_t mark = deque_height(t);
    t->share_ticks = ARCH_SHARE_LEAST / 2; /* there are thieves */
    if (deque_more(slot))
      share_bundle(t, deque_task(slot), deque_more(slot));
    hdl_task_run(t, deque_task(slot));
    if (t->count | t->lent | t->priorities)
      hdl_task_run_local(t, mark);
  }
  if (!counted)
    hdl_team_leave_busy(t, team);
  return slot != 0;
}

/* Wait for those children of the current task that others have or had. */
HDL_OUTLINE static void await_given(struct hdl_thread *t,
                                    const struct ident *loc) {
  struct hdl_task *task = t->task;
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&task->done) != t->children) {
    bool events = hdl_uses_depend && task->flags & HDL_TASK_EVENTS;
    /* What is left above the mark has been stolen, and what lies below is not
     * ours to run now.  Most waits are too short to care, unless something else
     * may run here meanwhile. */
    if (pause.sleeps >= LONG_WAIT || events || t->priorities ||
        hdl_has_contexts())
      hdl_task_expose(t);
    if (events)
      hdl_event_run_awaited(t, NULL);
    if (events || t->priorities) /* then there may be more for us */
      hdl_task_run_local(t, t->mark);
    hdl_backoff(&pause, 256, "taskwait", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* T4 */
  arch_progress();
  t->children = 0; /* T2 */
  arch_store_rlx_gpu(&task->done, 0u);
}

/* Wait for the children of the current task (T2). */
HDL_OUTLINE void hdl_task_wait(struct hdl_thread *t, const struct ident *loc) {
  run_local(t, t->mark);
  if (t->children)
    await_given(t, loc);
}

/* Whether the current task must run its new child `task` itself, at once. */
bool hdl_task_undeferred(struct hdl_thread *t, struct hdl_task *task,
                         const struct ident *loc) {
  struct kmp_task *k = task_kmp(task);
  if (task->flags & (HDL_TASK_FINAL | HDL_TASK_NOW))
    return true;
  if (!t->defers &&
      (t->team->kind != HDL_TEAM_GRID || t->stack || !hdl_league_defer(t)))
    return true;
  if (task->flags & HDL_TASK_CHECKED ||
      !hdl_any_local(k + 1, task->bytes - sizeof *k))
    return false;
  hdl_note(HDL_NOTE_LOCAL_TASK, NULL, ident_where(loc), 0);
  return true;
}

/* hdl_task_submit for a task, already counted, that is not simply pushed. */
HDL_OUTLINE void hdl_task_submit_other(struct hdl_thread *t,
                                       struct hdl_task *task,
                                       const struct ident *loc) {
  bool now = hdl_task_undeferred(t, task, loc);
  if (!now && is_prior(t, task) && hdl_priority_push(t, task))
    return;
  if (!now && t->count == HDL_PRIVATE) {
    deque_publish(t, HDL_PRIVATE / 2);
    now = t->count == HDL_PRIVATE; /* public ring full too */
  }
  if (now) {
    hdl_task_run(t, task);
    return;
  }
  t->stack[t->count++] = task;
  uint32_t ticks = arch_ticks();
  if (ticks - t->shared_at >= t->share_ticks)
    hdl_task_share(ticks);
}

/* ------------------------------------------------------------------------
 * What the compiler calls (OpenMP 5.2, 12.5, 15.5, 12.8). */

/* The next two, where the calling thread is a lane, or has no memory ready, or
 * something about the task is not as usual. */
HDL_OUTLINE static struct hdl_task *new_here(uint32_t flags, uint64_t bytes,
                                             uint64_t shareds,
                                             task_entry_fn *entry) {
  struct hdl_thread *t = hdl_self();
  uint8_t pool_class;
  struct hdl_task *task = hdl_pool_get(
      t, sizeof *task + hdl_task_words(bytes) + shareds, &pool_class);
  return hdl_task_new(t, task, pool_class, flags, bytes, shareds, entry);
}
HDL_OUTLINE static void submit_here(struct hdl_task *task,
                                    const struct ident *loc) {
  struct hdl_thread *t = hdl_self();
  if (task == t->task)
    task->flags |= HDL_TASK_REQUEUED; /* an untied task at the end of a part */
  else
    hdl_task_submit(t, task, loc);
}

HDL_INLINE_API struct kmp_task *
__kmpc_omp_task_alloc(const struct ident *loc, int32_t gtid, int32_t flags,
                      uint64_t bytes, uint64_t shareds, task_entry_fn *entry) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_warp_thread();
  uint32_t c =
      hdl_pool_class(sizeof(struct hdl_task) + hdl_task_words(bytes) + shareds);
  struct hdl_task *task;
  if (!hdl_is_whole_here() || !(task = hdl_pool_take(t, c)))
    return task_kmp(new_here((uint32_t)flags, bytes, shareds, entry));
  return task_kmp(
      hdl_task_new(t, task, c, (uint32_t)flags, bytes, shareds, entry));
}

HDL_INLINE_API int32_t __kmpc_omp_task(const struct ident *loc, int32_t gtid,
                                       struct kmp_task *k) {
  (void)gtid;
  struct hdl_task *task = task_of(k);
  if (!hdl_is_whole_here() || !hdl_task_push(task))
    submit_here(task, loc);
  return 0;
}

/* `if(false)`: the compiler calls the body itself between these two. */
HDL_API void __kmpc_omp_task_begin_if0(const struct ident *loc, int32_t gtid,
                                       struct kmp_task *k) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_task *task = task_of(k);
  hdl_task_count(t, task);
  task->outer_mark = t->mark;
  t->mark = deque_height(t);
  hdl_task_switch(t, task);
}

HDL_API void __kmpc_omp_task_complete_if0(const struct ident *loc, int32_t gtid,
                                          struct kmp_task *k) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_task *task = task_of(k);
  hdl_graph_end(t);
  hdl_task_switch(t, task->parent);
  t->mark = task->outer_mark;
  struct hdl_node *ready = NULL;
  body_ended(t, task, &ready);
  hdl_task_submit_ready(t, ready);
}

/* The next one, where the calling thread is a lane, or does not have all of the
 * current task's children. */
HDL_OUTLINE static void wait_here(const struct ident *loc) {
  struct hdl_thread *t = hdl_self();
  if (t->children)
    hdl_task_wait(t, loc);
}

HDL_INLINE_API int32_t __kmpc_omp_taskwait(const struct ident *loc,
                                           int32_t gtid) {
  (void)gtid;
  bool is_whole = hdl_is_whole_here();
  struct hdl_thread *t = hdl_warp_thread();
  struct hdl_task *current = NULL, *task;
  if (is_whole) {
    current = t->task;
    if (!t->priorities) /* inline, because it is what recursion goes through */
      while (t->children && t->count &&
             (task = hdl_task_pop(t, hdl_warp_stack(), t->mark)))
        hdl_task_run_here(task, current);
  }
  if (!is_whole || t->children)
    wait_here(loc);
  return 0;
}

/* `taskyield`: run one descendant, if there is one (OpenMP 5.2, 12.7). */
HDL_API int32_t __kmpc_omp_taskyield(const struct ident *loc, int32_t gtid,
                                     int32_t end_part) {
  (void)gtid, (void)end_part;
  struct hdl_thread *t = hdl_self();
  struct hdl_task *task = pop_any(t, t->mark);
  if (task) {
    hdl_task_run(t, task);
  } else {
    hdl_task_expose(t);
    hdl_wait(32, "taskyield", ident_where(loc));
  }
  return 0;
}

/* `affinity` (OpenMP 5.2, 12.5.1) is a hint, here without effect. */
HDL_API int32_t __kmpc_omp_reg_task_with_affinity(const struct ident *loc,
                                                  int32_t gtid,
                                                  struct kmp_task *k, int32_t n,
                                                  const void *places) {
  (void)loc, (void)gtid, (void)k, (void)n, (void)places;
  return 0;
}
