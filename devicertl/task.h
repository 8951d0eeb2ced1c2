/* task.h - the frequent half of task.c: create a task, defer it.
 *
 * These functions become part of the program's code, so they hold what a task
 * without frills needs and leave the rest to task.c. */
#ifndef HDL_TASK_H
#define HDL_TASK_H

#include "pool.h"

/* task.c */
void hdl_task_share(uint32_t now);
void hdl_task_submit_other(struct hdl_thread *t, struct hdl_task *task,
                           const struct ident *loc);
struct hdl_task *hdl_task_take(void);
void hdl_task_ended(struct hdl_task *task);
void hdl_task_run_other(struct hdl_task *task);

/* Where else than on the stack a task can have to go. */
#define HDL_TASK_ELSEWHERE                                                     \
  (HDL_TASK_FINAL | HDL_TASK_NOW | HDL_TASK_PRIOR | HDL_TASK_DETACH |          \
   HDL_TASK_UNTIED)

/* Of task->state, for a task that takes more than hdl_task_run_here does. */
#define HDL_TASK_UNUSUAL                                                       \
  (HDL_TASK_DESTRUCT | HDL_TASK_CHUNKS | HDL_TASK_UNTIED | 0xffu << 16)

/* Bytes of the compiler's part of a task, in whole words, without shareds. */
static inline uint64_t hdl_task_words(uint64_t bytes) {
  return (bytes + 7) & ~UINT64_C(7);
}

/* Make a task of the memory `task`, a block of `pool_class`. */
static inline struct hdl_task *hdl_task_new(struct hdl_thread *t,
                                            struct hdl_task *task,
                                            uint32_t pool_class, uint32_t flags,
                                            uint64_t bytes, uint64_t shareds,
                                            task_entry_fn *entry) {
  bytes = hdl_task_words(bytes);
  struct hdl_task *parent = t->task;
  uint32_t inherited = parent->flags & HDL_TASK_FINAL;
  if (flags & TASK_FINAL)
    inherited |= HDL_TASK_FINAL;
  if (flags & TASK_DESTRUCTORS)
    inherited |= HDL_TASK_DESTRUCT;
  if (flags & TASK_PRIORITY)
    inherited |= HDL_TASK_PRIOR;
  if (flags & TASK_CHECKED)
    inherited |= HDL_TASK_CHECKED;
  if (!(flags & TASK_TIED))
    inherited |= HDL_TASK_UNTIED;
  *task = (struct hdl_task){
      .parent = parent,
      .group = t->group,
      .icv = parent->icv,
      .home = t->id,
      .bytes = (uint32_t)(bytes + shareds),
      .pool_class = (uint8_t)pool_class,
      .flags = (uint16_t)inherited,
  };
  uint32_t kind = inherited & (HDL_TASK_ELSEWHERE | HDL_TASK_CHECKED);
  t->fresh = kind == HDL_TASK_CHECKED ? task : NULL;
  struct kmp_task *k = task_kmp(task);
  k->shareds = shareds ? (char *)k + bytes : NULL;
  k->routine = entry;
  k->part_id = 0;
  return task;
}

/* Count `task` with its parent, which is the current task, and its group. */
static inline void hdl_task_count(struct hdl_thread *t, struct hdl_task *task) {
  t->children++;
  if (hdl_uses_groups && task->group)
    hdl_group_enter(t, task->group);
}

/* Put `task`, which the current task has made, where its team can find it, or
 * run it at once if it must be undeferred or there is no room. */
static inline void hdl_task_submit(struct hdl_thread *t, struct hdl_task *task,
                                   const struct ident *loc) {
  hdl_task_count(t, task);
  hdl_task_submit_other(t, task, loc);
}

/* The same where the warp is whole, for a task that has just been made and that
 * simply goes on the stack; false if it does not. */
static inline bool hdl_task_push(struct hdl_task *task) {
  struct hdl_thread *t = hdl_warp_thread();
  uint32_t at = t->count;
  if (!t->defers || t->fresh != task || at == HDL_PRIVATE)
    return false;
  t->children++; /* as hdl_task_count does */
  if (hdl_uses_groups && t->group)
    hdl_group_enter(t, t->group);
  hdl_warp_stack()[at] = task;
  t->count = at + 1;
  /* A store does not bring its line into the L1, and soon this thread reads what the
   * program and hdl_task_new have just stored. */
  for (uint32_t i = 0; i < HDL_POOL_SMALLEST; i += ARCH_SECTOR)
    arch_prefetch((const char *)task + i);
  uint32_t now = arch_ticks();
  if (now - t->shared_at >= t->share_ticks)
    hdl_task_share(now);
  return true;
}

/* The youngest own task that was pushed above `mark`, or NULL.  `stack` is that
 * of `t`. */
static inline struct hdl_task *
hdl_task_pop(struct hdl_thread *t, struct hdl_task **stack, uint32_t mark) {
  uint32_t now = arch_ticks();
  if (t->count > 1 && now - t->shared_at >= t->share_ticks)
    hdl_task_share(now); /* what we leave behind is for thieves */
  t->scheduled_at = now;
  uint32_t count = t->count;
  if ((int32_t)(t->bottom + count - mark) <= 0)
    return NULL;
  if (count) {
    t->count = count - 1;
    return stack[count - 1];
  }
  return t->lent ? hdl_task_take() : NULL;
}

/* hdl_task_run where the warp is whole; `outer` is the current task. */
static inline void hdl_task_run_here(struct hdl_task *task,
                                     struct hdl_task *outer) {
  struct hdl_thread *t = hdl_warp_thread();
  struct kmp_task *k = task_kmp(task);
  /* With the state, so that both come from memory at the same time. */
  task_entry_fn *routine =
      (task_entry_fn *)arch_read_now((void *const *)&k->routine);
  if (task->state & HDL_TASK_UNUSUAL || (hdl_uses_depend && task->node) ||
      hdl_cancelled_group(task->group)) {
    hdl_task_run_other(task);
    return;
  }
  struct hdl_group *group = t->group;
  uint32_t mark = t->mark;
  outer->open = t->children;
  t->task = task;
  t->children = 0;
  if (hdl_uses_groups)
    t->group = task->group;
  t->mark = t->bottom + t->count;
  arch_progress();
  routine((int32_t)t->num, k);
  struct hdl_task *parent = task->parent;
  uint32_t open = t->children;
  uint32_t home = task->home, pool_class = task->pool_class;
  hdl_graph_end(t);
  t->task = outer;
  t->children = outer->open;
  if (hdl_uses_groups)
    t->group = group;
  t->mark = mark;
  if (parent != outer || open || home != t->id || pool_class == HDL_CLASSES) {
    task->open = open;
    hdl_task_ended(task);
    return;
  }
  if (hdl_uses_groups && task->group)
    hdl_group_leave(t, task->group);
  t->children--; /* T1: it is ours, it runs, and no other thread has seen it */
  hdl_pool_spare(t, task, pool_class);
  arch_progress();
}

#endif /* HDL_TASK_H */
