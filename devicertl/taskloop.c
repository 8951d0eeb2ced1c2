/* taskloop.c - `taskloop` (OpenMP 5.2, 12.6): one task for each chunk.
 *
 * The compiler gives a pattern task that covers the whole loop, bounds
 * inclusive and normalised.  Every chunk's task is a copy of it with its own
 * bounds; `dup` then initialises firstprivates.
 *
 * One thread that made a task for each chunk would take longer than all others
 * for running them.  So the first task stands for all chunks.  When a task of
 * several chunks is about to run, it makes a copy of itself for the right half of
 * them, which is a task like any other, and so on until one is left, which it
 * runs: thieves get halves, and halve them.
 *
 *   L1  Copies are made before the body runs, so what they copy is as the pattern
 *       was; and below the task's mark, because they are not its children.
 *   L2  All are children of the task that met the taskloop, which counts all
 *       chunks in `open` before the first can be complete (T2 in task.c); each
 *       is public from the start, since any thread may make and run it.
 *   L3  A copy enters the taskgroup before the task that makes it leaves it (G2 in
 *       taskgroup.c). */
#include "task.h"

enum { FEWEST = 4 }; /* tasks that are worth it */

/* The chunks of a task; where it stands for several, they lie behind the
 * compiler's part. */
struct chunks {
  uint64_t lower; /* bound of the loop */
  int64_t stride;
  uint64_t trip;
  uint64_t grain, extra; /* iterations of a chunk; so many have one more */
  uint64_t total;        /* chunks of the loop */
  uint64_t at, count;    /* those of this task */
  task_dup_fn *dup;
};

static struct chunks *chunks_of(struct hdl_task *task) {
  return (struct chunks *)((char *)task_kmp(task) + task->bytes) - 1;
}

/* A copy of `from`, which has not run, with the same parent and group, and room
 * for `more` bytes behind it.  It is not counted yet. */
static struct hdl_task *copy_task(struct hdl_thread *t,
                                  const struct hdl_task *from, uint32_t more) {
  uint32_t bytes = (from->bytes + 7) & ~7u; /* whole words */
  uint8_t pool_class;
  struct hdl_task *copy =
      hdl_pool_get(t, sizeof *copy + bytes + more, &pool_class);
  *copy = (struct hdl_task){
      .parent = from->parent,
      .group = from->group,
      .icv = from->icv,
      .home = t->id,
      .bytes = bytes + more,
      .pool_class = pool_class,
      .flags = from->flags,
      .public_ = from->public_,
  };
  struct kmp_task *k = task_kmp(copy);
  const struct kmp_task *source = (const struct kmp_task *)(from + 1);
  hdl_copy(k, source, bytes);
  if (source->shareds)
    k->shareds = (char *)k + ((char *)source->shareds - (const char *)source);
  return copy;
}

/* Give `task` the bounds of chunk `number`. */
static void set_bounds(struct hdl_task *task, const struct chunks *c,
                       uint64_t number) {
  struct kmp_taskloop *k = (struct kmp_taskloop *)task_kmp(task);
  uint64_t at = number * c->grain + (number < c->extra ? number : c->extra);
  uint64_t n = c->grain + (number < c->extra);
  if (n > c->trip - at)
    n = c->trip - at;
  k->lower = c->lower + at * (uint64_t)c->stride;
  k->upper = c->lower + (at + n - 1) * (uint64_t)c->stride;
  k->stride = c->stride;
  k->last = number + 1 == c->total;
}

HDL_OUTLINE void hdl_taskloop_split(struct hdl_thread *t,
                                    struct hdl_task *task) {
  struct chunks *c = chunks_of(task);
  while (c->count > 1) {
    struct hdl_task *copy = copy_task(t, task, 0); /* L1, L2 */
    struct chunks *right = chunks_of(copy);
    right->count = c->count / 2;
    c->count -= right->count;
    right->at = c->at + c->count;
    if (c->dup)
      c->dup(task_kmp(copy), task_kmp(task), 0);
    if (hdl_uses_groups && copy->group)
      hdl_group_enter(t, copy->group); /* L3 */
    hdl_task_submit_other(t, copy, NULL);
  }
  set_bounds(task, c, c->at);
}

/* One task for all chunks. */
static void submit_all(struct hdl_thread *t, struct hdl_task *pattern,
                       const struct chunks *c, const struct ident *loc) {
  struct hdl_task *task = copy_task(t, pattern, sizeof *c);
  *chunks_of(task) = *c;
  if (c->dup)
    c->dup(task_kmp(task), task_kmp(pattern), 0);
  task->flags |= HDL_TASK_CHUNKS;
  task->public_ = HDL_PUBLIC;
  t->children += (uint32_t)c->total - 1; /* L2 */
  hdl_task_submit(t, task, loc);
}

/* A task for each chunk. */
static void submit_each(struct hdl_thread *t, struct hdl_task *pattern,
                        const struct chunks *c, bool deferred,
                        const struct ident *loc) {
  for (uint64_t i = 0; i < c->total; i++) {
    struct hdl_task *task = copy_task(t, pattern, 0);
    set_bounds(task, c, i);
    if (c->dup)
      c->dup(task_kmp(task), task_kmp(pattern), i + 1 == c->total);
    if (!deferred) /* if(false): undeferred, one after the other */
      task->flags |= HDL_TASK_NOW;
    hdl_task_submit(t, task, loc);
  }
}

static void taskloop(const struct ident *loc, struct kmp_task *k, bool deferred,
                     uint64_t *lower, uint64_t *upper, int64_t stride,
                     int32_t kind, uint64_t value, bool strict,
                     task_dup_fn *dup) {
  struct hdl_thread *t = hdl_self();
  struct hdl_task *pattern = task_of(k);
  struct chunks c = {.lower = *lower, .stride = stride, .dup = dup};
  /* Bounds are signed or unsigned as the loop is; the difference is neither. */
  uint64_t span = stride > 0 ? *upper - *lower : *lower - *upper;
  uint64_t step = stride > 0 ? (uint64_t)stride : -(uint64_t)stride;
  bool empty = stride > 0
      ? (int64_t)*upper<(int64_t)*lower : (int64_t)*upper>(int64_t) * lower;
  c.trip = empty ? 0 : span / step + 1;
  if (kind == 1) { /* grainsize: at least `value`, less than twice as many */
    c.total = strict ? (c.trip + value - 1) / value : c.trip / value;
  } else if (kind == 2) { /* num_tasks */
    c.total = value;
  } else { /* ours to choose: some for every thread, to balance */
    uint32_t n =
        t->team == &t->grid->initial ? t->grid->workers : t->team->size;
    c.total = (uint64_t)n * 4;
  }
  if (c.total > c.trip)
    c.total = c.trip;
  if (c.total == 0 && c.trip > 0)
    c.total = 1;
  if (kind == 1 && strict) { /* all equal but the last */
    c.grain = value;
  } else if (c.total > 0) {
    c.grain = c.trip / c.total;
    c.extra = c.trip % c.total;
  }
  c.count = c.total;
  /* Priorities are for single tasks, and counts have 32 bits. */
  if (deferred && c.total >= FEWEST && c.total < 1u << 30 && !t->priorities &&
      !hdl_task_undeferred(t, pattern, loc))
    submit_all(t, pattern, &c, loc);
  else
    submit_each(t, pattern, &c, deferred, loc);
  /* The pattern never ran and has no children. */
  hdl_pool_put(t, pattern, pattern->pool_class, pattern->home);
}

HDL_API void __kmpc_taskloop(const struct ident *loc, int32_t gtid,
                             struct kmp_task *task, int32_t if_expr,
                             uint64_t *lower, uint64_t *upper, int64_t stride,
                             int32_t nogroup, int32_t kind, uint64_t value,
                             task_dup_fn *dup) {
  (void)gtid, (void)nogroup; /* clang emits the taskgroup itself */
  taskloop(loc, task, if_expr, lower, upper, stride, kind, value, false, dup);
}

HDL_API void __kmpc_taskloop_5(const struct ident *loc, int32_t gtid,
                               struct kmp_task *task, int32_t if_expr,
                               uint64_t *lower, uint64_t *upper, int64_t stride,
                               int32_t nogroup, int32_t kind, uint64_t value,
                               int32_t strict, task_dup_fn *dup) {
  (void)gtid, (void)nogroup;
  taskloop(loc, task, if_expr, lower, upper, stride, kind, value, strict, dup);
}
