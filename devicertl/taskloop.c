/* taskloop.c - `taskloop` (OpenMP 5.2, 12.6): one task for each chunk.
 *
 * The compiler gives a pattern task that covers the whole loop, bounds
 * inclusive and normalised.  Every chunk's task is a copy of it with its own
 * bounds; `dup` then initialises firstprivates and marks the last one. */
#include "task.h"

/* A copy of `from` that is a child of the current task. */
static struct kmp_taskloop *copy_task(struct hdl_thread *t,
                                      struct kmp_taskloop *from) {
  struct hdl_task *header = task_of(&from->task);
  uint32_t flags = 0;
  if (header->flags & HDL_TASK_FINAL)
    flags |= TASK_FINAL;
  if (header->flags & HDL_TASK_DESTRUCT)
    flags |= TASK_DESTRUCTORS;
  if (header->flags & HDL_TASK_CHECKED)
    flags |= TASK_CHECKED;
  if (header->flags & HDL_TASK_PRIOR)
    flags |= TASK_PRIORITY;
  struct hdl_task *copy =
      hdl_task_new(t, flags, header->bytes, 0, from->task.routine);
  uint64_t *to = (uint64_t *)task_kmp(copy), *src = (uint64_t *)from;
  for (uint32_t i = 0; i < header->bytes / sizeof *to; i++)
    to[i] = src[i];
  struct kmp_taskloop *k = (struct kmp_taskloop *)to;
  if (from->task.shareds)
    k->task.shareds = (char *)k + ((char *)from->task.shareds - (char *)from);
  return k;
}

static void taskloop(const struct ident *loc, struct kmp_task *pattern,
                     bool deferred, uint64_t *lower, uint64_t *upper,
                     int64_t stride, int32_t kind, uint64_t value, bool strict,
                     task_dup_fn *dup) {
  struct hdl_thread *t = hdl_self();
  struct kmp_taskloop *k = (struct kmp_taskloop *)pattern;
  uint64_t first = *lower;
  /* Bounds are signed or unsigned as the loop is; the difference is neither. */
  uint64_t span = stride > 0 ? *upper - first : first - *upper;
  uint64_t step = stride > 0 ? (uint64_t)stride : -(uint64_t)stride;
  bool empty = stride > 0
      ? (int64_t)*upper<(int64_t)first : (int64_t)*upper>(int64_t) first;
  uint64_t trip = empty ? 0 : span / step + 1;
  uint64_t tasks, grain;
  if (kind == 1) { /* grainsize: at least `value`, less than twice as many */
    tasks = strict ? (trip + value - 1) / value : trip / value;
  } else if (kind == 2) { /* num_tasks */
    tasks = value;
  } else { /* ours to choose: some for every thread, to balance */
    uint32_t n =
        t->team == &t->grid->initial ? t->grid->workers : t->team->size;
    tasks = (uint64_t)n * 4;
  }
  if (tasks > trip)
    tasks = trip;
  if (tasks == 0)
    tasks = trip ? 1 : 0;
  grain = tasks ? trip / tasks : 0;
  uint64_t extra = tasks ? trip % tasks : 0;
  if (kind == 1 && strict) { /* all equal but the last */
    grain = value;
    extra = 0;
  }
  uint64_t at = 0;
  for (uint64_t i = 0; i < tasks; i++) {
    uint64_t n = grain + (i < extra);
    if (n > trip - at)
      n = trip - at;
    bool last = i + 1 == tasks;
    struct kmp_taskloop *chunk = copy_task(t, k);
    chunk->lower = first + at * (uint64_t)stride;
    chunk->upper = first + (at + n - 1) * (uint64_t)stride;
    chunk->stride = stride;
    chunk->last = last;
    if (dup)
      dup(&chunk->task, &k->task, last);
    at += n;
    if (!deferred) /* if(false): undeferred, one after the other */
      task_of(&chunk->task)->flags |= HDL_TASK_NOW;
    hdl_task_submit(t, task_of(&chunk->task), loc);
  }
  /* The pattern never ran and has no children. */
  struct hdl_task *header = task_of(pattern);
  hdl_pool_put(t, header, header->pool_class, header->home);
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
