/* pool.c - memory of tasks: per-thread free lists over one arena.
 *
 * A thread takes blocks of five sizes from its own lists, then from those that
 * other threads have sent back, then from its chunk of the arena.  A block goes
 * home to the thread it came from, so that a thread that only creates and
 * threads that only run do not shift memory from one to the other for ever.
 *
 * The arena grows by slabs from the device heap and never shrinks: workers keep
 * their lists from launch to launch.
 *
 * Pairings
 *   M1  returned, push (acq_rel swap) -> take all (acq_rel exchange): the owner
 *       sees the link that the returner wrote into the block.
 *   M2  arena.slab, release under the lock -> acquire: the slab's header is
 *       set.  `used` is bumped by everybody and may overshoot `size`. */
#include "pool.h"

enum {
  CHUNK = 8 << 10, /* what a thread takes from the arena at a time */
  SLAB = 32 << 20, /* what the arena takes from the heap at a time */
  SMALLEST_SLAB = 64 << 10,
};

struct slab {
  uint64_t size; /* of the data */
  uint64_t used; /* atomic */
  uint64_t data; /* address, aligned to HDL_LINE */
};

static struct {
  struct hdl_ticket_lock lock;
  uint64_t slab; /* struct slab *; atomic */
} arena;

/* `bytes` of the slab at address `slab`, or NULL. */
static void *take(uint64_t slab, uint64_t bytes) {
  struct slab *s = (struct slab *)(uintptr_t)slab;
  if (!s)
    return NULL;
  uint64_t at = arch_add_rlx_gpu(&s->used, bytes);
  if (at + bytes > s->size)
    return NULL;
  return (void *)(uintptr_t)(s->data + at);
}

/* A new slab with room for `bytes`; smaller than SLAB if the heap is small (the
 * driver's default is 8 MiB). */
static struct slab *new_slab(uint64_t bytes, const char *what) {
  uint64_t size = bytes > SLAB ? bytes : SLAB, head = 2 * HDL_LINE;
  struct slab *s;
  while (!(s = arch_malloc(size + head)) && size / 2 >= bytes &&
         size / 2 >= SMALLEST_SLAB)
    size /= 2;
  if (!s && what)
    hdl_fault(HDL_FAULT_NO_MEMORY, what, NULL, bytes, 0);
  if (!s)
    return NULL;
  s->size = size;
  s->used = 0;
  s->data = ((uint64_t)(uintptr_t)s + head - 1) & ~(uint64_t)(HDL_LINE - 1);
  return s;
}

/* Memory that stays allocated, 128-byte aligned.  `what` is for the message
 * when the device heap is exhausted; NULL: then it returns NULL. */
HDL_OUTLINE void *hdl_arena(uint64_t bytes, const char *what) {
  bytes = (bytes + HDL_LINE - 1) & ~(uint64_t)(HDL_LINE - 1);
  uint64_t slab = arch_load_acq_gpu(&arena.slab); /* M2 */
  void *p = take(slab, bytes);
  if (p)
    return p;
  hdl_lock(&arena.lock, "the arena");
  p = NULL;
  if (arch_load_rlx_gpu(&arena.slab) != slab) /* somebody was faster */
    p = take(arch_load_rlx_gpu(&arena.slab), bytes);
  while (!p) {
    slab = (uint64_t)(uintptr_t)new_slab(bytes, what);
    if (!slab)
      break;
    arch_store_rel_gpu(&arena.slab, slab); /* M2 */
    p = take(slab, bytes);                 /* others may empty it first */
  }
  hdl_unlock(&arena.lock);
  return p;
}

/* Zero whole words; a loop, where assignments would become thousands of stores.
 */
HDL_OUTLINE void hdl_clear(void *memory, uint64_t bytes) {
  uint64_t *word = memory;
#pragma clang loop unroll(disable)
  for (uint64_t i = 0; i < bytes / sizeof *word; i++)
    word[i] = 0;
}

/* Sort what others sent back into the free lists.  The class of a returned
 * block stands in its second word. */
HDL_OUTLINE static bool take_returned(struct hdl_thread *t) {
  if (!t->worker || arch_load_rlx_gpu(&t->worker->returned) == 0)
    return false;
  void **p = (void **)(uintptr_t)arch_xchg_acq_rel_gpu(&t->worker->returned,
                                                       0); /* M1 */
  while (p) {
    void **next = p[0];
    uint64_t c = (uint64_t)(uintptr_t)p[1];
    p[0] = t->free[c];
    t->free[c] = p;
    p = next;
  }
  return true;
}

/* A block of class `c`, or of `bytes` if no class is as large, when the
 * calling thread's list of them is empty. */
HDL_OUTLINE void *hdl_pool_refill(struct hdl_thread *t, uint64_t bytes,
                                  uint32_t c) {
  if (c == HDL_CLASSES) {
    /* Rare and large: straight from the heap. */
    void *p = arch_malloc(bytes);
    if (!p)
      hdl_fault(HDL_FAULT_NO_MEMORY, "a task", NULL, bytes, 0);
    return p;
  }
  uint64_t size = (uint64_t)HDL_POOL_SMALLEST << c;
  if ((uint64_t)(t->bump_end - t->bump) < size) {
    if (take_returned(t) && t->free[c])
      return hdl_pool_pop(t, c);
    /* The rest of the old chunk is smaller than one block: let it be. */
    t->bump = hdl_arena(CHUNK, "tasks");
    t->bump_end = t->bump + CHUNK;
  }
  void *p = t->bump;
  t->bump += size;
  return p;
}

/* Give back a block of another thread's pool, or of the heap.  A lane keeps it,
 * and so does whoever frees what a lane allocated. */
HDL_OUTLINE void hdl_pool_return(struct hdl_thread *t, void *p,
                                 uint32_t pool_class, uint32_t home) {
  void **block = p;
  if (pool_class == HDL_CLASSES) {
    arch_free(p);
    return;
  }
  if (!t->stack || home >= t->grid->workers) {
    block[0] = t->free[pool_class];
    t->free[pool_class] = block;
    return;
  }
  uint64_t *stack = &t->grid->worker[home].returned;
  block[1] = (void *)(uintptr_t)pool_class;
  uint64_t top = arch_load_rlx_gpu(stack), seen;
  for (;;) {
    block[0] = (void *)(uintptr_t)top;
    seen =
        arch_cas_acq_rel_gpu(stack, top, (uint64_t)(uintptr_t)block); /* M1 */
    if (seen == top)
      return;
    top = seen;
  }
}
