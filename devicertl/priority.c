/* priority.c - `priority` (OpenMP 5.2, 12.4), where max-task-priority-var is
 * not 0.
 *
 * A task with a priority above 0 goes to one list of the grid, highest first
 * and of equals the youngest, instead of a deque.  A thread that looks for a
 * task looks there before it looks elsewhere; where it may run only descendants
 * of the current task (see task.c) it takes the first one that is.
 *
 *   Q1  The list and the links in it belong to who holds the lock.
 *   Q2  A task of the region in the list is counted as busy (hdl_team_hold; B7 in
 *       barrier.c), so no barrier ends.  Of the initial team hdl_team_
 *       close_initial looks whether the list is empty.
 *   Q3  All tasks in the list are of one team: the region's, or while there is
 *       none, the initial team's.  Others have no deferred tasks, and threads
 *       outside the region cannot enter the initial team while it is closed.
 *   Q4  A task in the list is public (T2 in task.c).  Its ancestors stay in
 *       memory, since each has a child that is not complete (T3).
 * Pairing: the lock's (L1); who takes a task sees it. */
#include "runtime.h"

static uint32_t priority_of(struct hdl_task *task) {
  int32_t n = task_kmp(task)->data2.priority;
  return n > 0 ? (uint32_t)n : 0;
}

static uint64_t address(const struct hdl_task *task) {
  return (uint64_t)(uintptr_t)task;
}

/* First of the list; others may be changing it. */
static struct hdl_task *first(const struct hdl_grid *g) {
  return (struct hdl_task *)(uintptr_t)arch_load_rlx_gpu(&g->prior);
}

HDL_OUTLINE bool hdl_priority_push(struct hdl_thread *t,
                                   struct hdl_task *task) {
  struct hdl_grid *g = t->grid;
  uint32_t priority = priority_of(task);
  if (priority == 0)
    return false;
  if (priority > t->priorities) /* as if it were the highest (12.4) */
    task_kmp(task)->data2.priority = (int32_t)(priority = t->priorities);
  hdl_task_publish(task); /* Q4 */
  if (t->team == &g->region)
    hdl_team_hold(t, t->team); /* Q2 */
  else
    hdl_team_open_initial(t);
  hdl_lock(&g->prior_lock, "tasks with a priority");
  struct hdl_task *before = NULL, *after = first(g);
  while (after && priority_of(after) > priority) {
    before = after;
    after = after->next;
  }
  task->next = after;
  if (before)
    before->next = task;
  else
    arch_store_rlx_gpu(&g->prior, address(task));
  hdl_unlock(&g->prior_lock);
  hdl_team_hint(t);
  return true;
}

static bool descends(const struct hdl_task *task,
                     const struct hdl_task *ancestor) {
  while (task && task != ancestor)
    task = task->parent;
  return task != NULL;
}

HDL_OUTLINE struct hdl_task *
hdl_priority_take(struct hdl_thread *t, const struct hdl_task *ancestor) {
  struct hdl_grid *g = t->grid;
  if (!first(g))
    return NULL;
  hdl_lock(&g->prior_lock, "tasks with a priority");
  struct hdl_task *before = NULL, *task = first(g);
  while (task && ancestor && !descends(task, ancestor)) {
    before = task;
    task = task->next;
  }
  if (task && before)
    before->next = task->next;
  else if (task)
    arch_store_rlx_gpu(&g->prior, address(task->next));
  hdl_unlock(&g->prior_lock);
  if (task && t->team == &g->region)
    hdl_team_unhold(t, t->team); /* Q2: this thread is counted */
  return task;
}

HDL_OUTLINE bool hdl_priority_run(struct hdl_thread *t, bool counted) {
  struct hdl_team *team = t->team;
  if (!first(t->grid) || (!counted && !hdl_team_enter_busy(t, team)))
    return false;
  struct hdl_task *task = hdl_priority_take(t, NULL);
  if (task) {
    uint32_t mark = t->bottom + t->count;
    hdl_task_run(t, task);
    hdl_task_run_local(t, mark);
  }
  if (!counted)
    hdl_team_leave_busy(t, team);
  return task != NULL;
}
