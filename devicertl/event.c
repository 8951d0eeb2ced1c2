/* event.c - `detach` (OpenMP 5.2, 12.5.2): a task that is complete only when
 * its body has ended and somebody has called omp_fulfill_event.
 *
 *   V1  node->event counts both; whoever comes second completes the task.  Such
 *       a task is `public_` from the start, since that may be any thread.
 *   V2  When the body ends, its thread does its part of T3 (task.c) with the
 *       event as one more child: so the task's memory stays until its children
 *       are complete and the event is fulfilled.
 *   V3  From the end of the body to completion the task is held by nobody who
 *       is counted, so it counts itself (hdl_team_hold), and no barrier ends.
 *   V4  Tasks that the fulfilling thread releases need not be descendants of
 *       what is on its stack, so it must not push them, unless they are
 *       children of the current task.  It hands them over: they wait, held as
 *       in V3, in a list of the team.  There may look: threads at a barrier or
 *       asleep; a taskwait of their parent; the end of a taskgroup they are in.
 *       So whoever waits for such a task can run it.  A waiting task looks only
 *       if one of its children can be detached (HDL_TASK_EVENTS, group->events).
 * Pairings
 *   V5  event, acq_rel addition by both: who completes the task sees what body
 *       and fulfilling thread did before.
 *   V6  the list's lock (L1): who takes a task sees it. */
#include "depend.h"

/* `task` is complete: both have come.  Free it, unless it has children (T3). */
static void complete(struct hdl_thread *t, struct hdl_task *task,
                     struct hdl_node **ready) {
  hdl_task_complete(t, task, ready);
  if (arch_add_acq_rel_gpu(&task->done, 1) + 1 == 0)
    hdl_pool_put(t, task, task->pool_class, task->home);
}

/* The body of `task` has ended here. */
HDL_OUTLINE void hdl_event_body_ended(struct hdl_thread *t,
                                      struct hdl_task *task,
                                      struct hdl_node **ready) {
  struct hdl_node *node = task->node;
  struct hdl_team *team = node->team;
  uint32_t open = task->open + 1; /* V2 */
  task->finished = 1;
  arch_add_acq_rel_gpu(&task->done, -open);
  hdl_team_hold(t, team);                         /* V3 */
  if (arch_add_acq_rel_gpu(&node->event, 1) == 0) /* V5 */
    return;
  complete(t, task, ready);
  hdl_team_unhold(t, team);
}

/* Leave the tasks of the list to others (V4). */
static void hand_over(struct hdl_thread *t, struct hdl_node *list,
                      struct hdl_team *team) {
  struct hdl_node *last = list;
  for (struct hdl_node *node = list; node; node = node->next) {
    hdl_team_hold(t, team);
    last = node;
  }
  hdl_lock(&team->handed_lock, "tasks released by an event");
  last->next = (struct hdl_node *)(uintptr_t)arch_load_rlx_gpu(&team->handed);
  arch_store_rlx_gpu(&team->handed, (uint64_t)(uintptr_t)list);
  hdl_unlock(&team->handed_lock);
  hdl_team_hint(t);
}

static bool in_group(const struct hdl_task *task,
                     const struct hdl_group *group) {
  for (const struct hdl_group *g = task->group; g; g = g->outer)
    if (g == group)
      return true;
  return false;
}

/* Take a task of `team` that was handed over: a child of `parent` or one in
 * `group`; any, if both are NULL. */
static struct hdl_task *take(struct hdl_team *team,
                             const struct hdl_task *parent,
                             const struct hdl_group *group) {
  if (arch_load_rlx_gpu(&team->handed) == 0)
    return NULL;
  hdl_lock(&team->handed_lock, "tasks released by an event");
  struct hdl_node *before = NULL;
  struct hdl_node *node =
      (struct hdl_node *)(uintptr_t)arch_load_rlx_gpu(&team->handed);
  while (node && (parent || group) &&
         !(parent && node->task->parent == parent) &&
         !(group && in_group(node->task, group))) {
    before = node;
    node = node->next;
  }
  if (node && before)
    before->next = node->next;
  else if (node)
    arch_store_rlx_gpu(&team->handed, (uint64_t)(uintptr_t)node->next);
  hdl_unlock(&team->handed_lock);
  return node ? node->task : NULL;
}

/* Run a task of `team` that was handed over and all that comes of it.
 * `counted` as in hdl_task_steal; a thread that is not looks only when tasks
 * have become public, and not each time.  True if there was one. */
HDL_OUTLINE bool hdl_event_run_any(struct hdl_thread *t, struct hdl_team *team,
                                   bool counted) {
  if (!counted && (HDL_STATE_HINT(hdl_seen_state()) == 0 || t->seed & 3))
    return false;
  if (arch_load_rlx_gpu(&team->handed) == 0)
    return false;
  if (!counted && !hdl_team_enter_busy(t, team))
    return false;
  struct hdl_task *task = take(team, NULL, NULL);
  if (task) {
    hdl_team_unhold(t, team);
    uint32_t mark = t->bottom + t->count;
    hdl_task_run(t, task);
    hdl_task_run_local(t, mark);
  }
  if (!counted)
    hdl_team_leave_busy(t, team);
  return task != NULL;
}

/* The current task waits, for its children or for `group`: run one that was
 * handed over. */
HDL_OUTLINE void hdl_event_run_awaited(struct hdl_thread *t,
                                       const struct hdl_group *group) {
  struct hdl_task *task = take(t->team, group ? NULL : t->task, group);
  if (!task)
    return;
  hdl_team_unhold(t, t->team);
  hdl_task_run(t, task);
}

/* ------------------------------------------------------------------------
 * What the compiler and the program call. */

/* `task`, not yet submitted, has a detach clause.  Returns its event. */
HDL_API struct hdl_node *
__kmpc_task_allow_completion_event(const struct ident *loc, int32_t gtid,
                                   struct kmp_task *k) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_task *task = task_of(k);
  struct hdl_node *node = hdl_node_new(t, task);
  node->team = t->team;
  node->grid = t->grid;
  task->node = node;
  t->fresh = NULL;
  task->public_ = HDL_PUBLIC; /* V1 */
  task->flags |= HDL_TASK_DETACH;
  task->parent->flags |= HDL_TASK_EVENTS;
  for (struct hdl_group *g = task->group; g; g = g->outer)
    arch_store_rlx_gpu(&g->events, 1u);
  return node;
}

HDL_API void omp_fulfill_event(uint64_t event) {
  struct hdl_thread *t = hdl_self();
  struct hdl_node *node = (struct hdl_node *)(uintptr_t)event;
  if (node->grid != t->grid)
    hdl_fault(HDL_FAULT_MISUSE,
              "omp_fulfill_event was called with what is no event of this "
              "target region",
              NULL, event, 0);
  struct hdl_task *task = node->task;
  struct hdl_team *team = node->team;
  bool second = arch_add_acq_rel_gpu(&node->event, 1) != 0; /* V5 */
  arch_progress();
  if (!second)
    return;
  struct hdl_node *ready = NULL;
  bool mine = task->parent == t->task; /* and so are those it releases */
  complete(t, task, &ready);
  if (mine)
    hdl_task_submit_ready(t, ready);
  else if (ready)
    hand_over(t, ready, team);
  hdl_team_unhold(t, team);
}
