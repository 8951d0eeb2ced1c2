/* taskred.c - reductions over tasks: `task_reduction`, `in_reduction`,
 * `reduction(task, ...)` and the reductions of `taskloop` (OpenMP 5.2, 5.5.9,
 * 5.5.10, 5.5.5).
 *
 * A taskgroup may reduce variables.  The first task with `in_reduction` that a
 * thread runs makes that thread's copies of them; the thread that began the
 * taskgroup combines all copies with the originals at the end.  A thread runs
 * one task at a time, so its copies need no lock; tasks that are suspended on
 * it meanwhile share them, as OpenMP allows.  Threads that take no part have no
 * copies: a grid has thousands of threads and a taskgroup a few tasks.
 *
 *   V1  The copies of a taskgroup form a tree by thread (place_of), two bits a
 *       level: the slot of a thread is the first empty one on its path.  A slot
 *       is written once, from 0, and a thread looks only for itself, so that it
 *       cannot come twice.
 *   V2  They also form a list, pushed at the head and never popped, to find
 *       whose copy an address is in.  Copies are in the list before any task
 *       can know their address.
 *   V3  Tree, list and copies are read and freed by the owner of the taskgroup
 *       once it is over (G1 to G3 in taskgroup.c): nobody else looks any more.
 *   V4  A serial number names one taskgroup of a launch, so that a thread may
 *       remember its copies beyond the taskgroup's end.
 * Pairings
 *   V5  tree, acq_rel swap -> acquire: the reader sees number and children of
 *       the copies that it passes.
 *   V6  list, acq_rel swap -> acquire: the reader sees the link; each swap
 *       continues the release sequence of those before it.
 *
 * Originals are touched by the owner alone: they may be in its local memory. */
#include "league.h"
#include "pool.h"

enum {
  TREE_BITS = 2,
  PLACE_BITS = 25, /* a grid has fewer than 2^20 workers of 32 lanes */
  LARGE = 2 << 10, /* bytes; above, the pool's blocks may be unaligned */
};

/* What one thread has of the reductions of one taskgroup; data follow.  At an
 * address that is not a multiple of HDL_LINE offsets count from the next. */
struct hdl_copies {
  uint64_t child[1 << TREE_BITS]; /* struct hdl_copies *; atomic, V1 */
  struct hdl_copies *next;        /* V2 */
  uint32_t place;                 /* whose */
  uint32_t home;                  /* pool they came from */
  uint8_t pool_class;
};

struct item {
  char *own, *original; /* what the owner combines into, and what it is of */
  uint64_t bytes;
  uint64_t offset; /* of a copy in struct hdl_copies */
  taskred_init_fn *init;
  taskred_combine_fn *combine;
};

struct hdl_reductions {
  uint64_t serial; /* V4 */
  uint64_t tree;   /* struct hdl_copies *; atomic, V1 */
  uint64_t list;   /* struct hdl_copies *; atomic, V2 */
  uint64_t bytes;  /* of each thread's struct hdl_copies */
  uint32_t items;
  struct item item[];
};

/* The largest power of two that divides the size is a multiple of the type's
 * alignment. */
static uint64_t alignment_of(uint64_t bytes) {
  uint64_t a = bytes & -bytes;
  return a > HDL_LINE || a == 0 ? HDL_LINE : a;
}

static char *copy_of(struct hdl_copies *c, const struct item *item) {
  uint64_t base = ((uint64_t)(uintptr_t)c + HDL_LINE - 1) & -(uint64_t)HDL_LINE;
  return (char *)(uintptr_t)base + item->offset;
}

/* A number for the calling thread; the lanes of a nested region have one
 * each. */
static uint32_t place_of(const struct hdl_thread *t) {
  return t->id * ARCH_LANES + arch_lane();
}

/* The copies of thread `id`; if it has none, `fresh` takes their place. */
static struct hdl_copies *lookup(struct hdl_reductions *r, uint32_t id,
                                 struct hdl_copies *fresh) {
  uint64_t *slot = &r->tree;
  for (uint32_t path = id;; path >>= TREE_BITS) {
    uint64_t seen = arch_load_acq_gpu(slot); /* V5 */
    if (!seen && fresh)
      seen = arch_cas_acq_rel_gpu(slot, 0, (uint64_t)(uintptr_t)fresh); /* V5 */
    if (!seen)
      return fresh;
    struct hdl_copies *c = (struct hdl_copies *)(uintptr_t)seen;
    if (c->place == id)
      return c;
    slot = &c->child[path % (1 << TREE_BITS)];
  }
}

static void remember(struct hdl_thread *t, const struct hdl_reductions *r,
                     struct hdl_copies *c) {
  t->copies = c;
  t->copies_serial = r->serial;
}

/* The calling thread's copies, or NULL. */
static struct hdl_copies *own_copies(struct hdl_thread *t,
                                     struct hdl_reductions *r) {
  if (t->copies_serial == r->serial)
    return t->copies;
  struct hdl_copies *c = lookup(r, place_of(t), NULL);
  if (c)
    remember(t, r, c);
  return c;
}

/* Make the calling thread's copies, which it does not have yet. */
static struct hdl_copies *make_copies(struct hdl_thread *t,
                                      struct hdl_reductions *r) {
  uint8_t pool_class;
  struct hdl_copies *c = hdl_pool_get(t, r->bytes, &pool_class);
  for (uint32_t i = 0; i < 1 << TREE_BITS; i++)
    c->child[i] = 0;
  c->place = place_of(t);
  c->home = t->id;
  c->pool_class = pool_class;
  for (uint32_t i = 0; i < r->items; i++)
    r->item[i].init(copy_of(c, &r->item[i]), r->item[i].original);
  uint64_t head = arch_load_rlx_gpu(&r->list), seen;
  for (;;) {
    c->next = (struct hdl_copies *)(uintptr_t)head;
    seen =
        arch_cas_acq_rel_gpu(&r->list, head, (uint64_t)(uintptr_t)c); /* V6 */
    if (seen == head)
      break;
    head = seen;
  }
  lookup(r, place_of(t), c);
  remember(t, r, c);
  return c;
}

/* Whether `address` is in the item at `start`, and where. */
static bool in_item(const struct item *item, const char *start,
                    const char *address, uint64_t *at) {
  *at = (uint64_t)(uintptr_t)address - (uint64_t)(uintptr_t)start;
  return *at < item->bytes;
}

/* Which item `address` belongs to as a variable of the thread with the copies
 * `c`, or NULL; stores the distance from its start. */
static const struct item *item_of_copies(const struct hdl_reductions *r,
                                         struct hdl_copies *c,
                                         const char *address, uint64_t *at) {
  for (uint32_t i = 0; i < r->items; i++)
    if (in_item(&r->item[i], copy_of(c, &r->item[i]), address, at))
      return &r->item[i];
  return NULL;
}

/* The calling thread's copy of the variable at `address`; NULL if `r` does not
 * reduce it.  A task inside a task that takes part names the copy that its
 * creator had, which may be any thread's. */
static void *my_copy(struct hdl_thread *t, struct hdl_reductions *r,
                     const char *address) {
  struct hdl_copies *mine = own_copies(t, r);
  const struct item *found = NULL;
  uint64_t at = 0;
  if (mine)
    found = item_of_copies(r, mine, address, &at);
  for (uint32_t i = 0; !found && i < r->items; i++)
    if (in_item(&r->item[i], r->item[i].own, address, &at) ||
        in_item(&r->item[i], r->item[i].original, address, &at))
      found = &r->item[i];
  if (!found) {
    uint64_t other = arch_load_acq_gpu(&r->list); /* V6 */
    for (struct hdl_copies *c = (struct hdl_copies *)(uintptr_t)other;
         c && !found; c = c->next)
      found = item_of_copies(r, c, address, &at);
  }
  if (!found)
    return NULL;
  if (!mine)
    mine = make_copies(t, r);
  return copy_of(mine, found) + at;
}

/* The current taskgroup, which the caller just began, reduces `n` variables. */
static struct hdl_group *reduce_in_group(struct hdl_thread *t, uint32_t n,
                                         const struct kmp_taskred_input *in) {
  struct hdl_reductions *r =
      hdl_stack_push(t, sizeof *r + n * sizeof r->item[0]);
  /* A lane counts apart as the thread of a region and outside of one. */
  uint64_t lane = !hdl_in_league() && hdl_lanes_in_region(t);
  r->serial = (++t->reductions_begun << 1 | lane) << PLACE_BITS | place_of(t);
  r->tree = 0;
  r->list = 0;
  r->bytes = sizeof(struct hdl_copies);
  r->items = n;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t align = alignment_of(in[i].bytes);
    r->bytes = (r->bytes + align - 1) & -align;
    r->item[i] = (struct item){
        .own = in[i].own,
        .original = in[i].original,
        .bytes = in[i].bytes,
        .offset = r->bytes,
        .init = in[i].init,
        .combine = in[i].combine,
    };
    r->bytes += in[i].bytes;
  }
  if (r->bytes > LARGE)
    r->bytes += HDL_LINE;
  t->group->reductions = r;
  return t->group;
}

/* All tasks of the group of `r` are done: combine (V3), and free everything. */
void hdl_reductions_end(struct hdl_thread *t, struct hdl_reductions *r) {
  struct hdl_copies *c = (struct hdl_copies *)(uintptr_t)r->list, *next;
  for (; c; c = next) {
    next = c->next;
    for (uint32_t i = 0; i < r->items; i++)
      r->item[i].combine(r->item[i].own, copy_of(c, &r->item[i]));
    hdl_pool_put(t, c, c->pool_class, c->home);
  }
  hdl_stack_pop(t, r);
}

/* ------------------------------------------------------------------------
 * What the compiler calls. */

/* `taskgroup task_reduction` and `taskloop reduction`: follows
 * __kmpc_taskgroup.  The handle travels in the tasks. */
HDL_API void *__kmpc_taskred_init(int32_t gtid, int32_t n,
                                  const struct kmp_taskred_input *in) {
  (void)gtid;
  return reduce_in_group(hdl_self(), (uint32_t)n, in);
}

/* `in_reduction`: called when the task starts.  Without a handle the construct
 * that reduces the variable is not in the same function. */
HDL_API void *__kmpc_task_reduction_get_th_data(int32_t gtid,
                                                struct hdl_group *handle,
                                                void *variable) {
  (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_group *g = handle ? handle : t->group;
  for (; g; g = g->outer) {
    void *copy = g->reductions ? my_copy(t, g->reductions, variable) : NULL;
    if (copy)
      return copy;
  }
  hdl_fault(HDL_FAULT_MISUSE,
            "in_reduction names a variable that no enclosing construct reduces "
            "over tasks",
            NULL, 0, 0);
}

/* `reduction(task, ...)` on `parallel` and worksharing constructs.  Every
 * member begins a taskgroup of its own that reduces its private copies: no
 * member's tasks take part in another's. */
HDL_API void *__kmpc_taskred_modifier_init(const struct ident *loc,
                                           int32_t gtid, int32_t worksharing,
                                           int32_t n,
                                           const struct kmp_taskred_input *in) {
  (void)loc, (void)gtid, (void)worksharing;
  struct hdl_thread *t = hdl_self();
  hdl_group_begin(t);
  return reduce_in_group(t, (uint32_t)n, in);
}
HDL_API void __kmpc_task_reduction_modifier_fini(const struct ident *loc,
                                                 int32_t gtid,
                                                 int32_t worksharing) {
  (void)gtid, (void)worksharing;
  hdl_group_end(hdl_self(), loc);
}
