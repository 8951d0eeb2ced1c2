/* pool.c - memory of tasks: per-thread free lists over one arena.
 *
 * A thread takes blocks of five sizes from a few that it has in shared memory, then
 * from its own lists, then from its chunk of the arena or, when that is used up, from
 * those that other threads have sent back, or a new chunk.  A block goes
 * home to the thread it came from, so that a thread that only creates and
 * threads that only run do not shift memory from one to the other for ever.
 *
 * The arena grows by slabs from the device heap and never shrinks: workers keep
 * their lists from launch to launch.
 *
 * Pairings
 *   M1  returned, push (releasing exchange) -> take all (acquiring exchange): the
 *       owner comes after all that was done with the blocks, since it reads the
 *       last of a chain of exchanges.  A push is one exchange, because of a thousand threads that
 *       compare and swap one word one succeeds at each trip to the L2.  So the
 *       link to the block before is written after the push.  Until then it is
 *       PENDING, and the owner that pops the block waits; it has not looked at
 *       the link before, so no cache of its has an older one.
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
  uint64_t full = 0, slab;
  for (;;) {
    slab = arch_load_acq_gpu(&arena.slab); /* M2 */
    void *p = slab != full ? take(slab, bytes) : NULL;
    if (p)
      return p;
    full = slab;
    if (arch_load_rlx_gpu(&arena.slab) != slab)
      continue;
    if (hdl_trylock(&arena.lock))
      break;
    /* Who has it brings a slab, for all who are here: a hundred thousand lanes
     * may be, so nobody queues for the lock. */
    if (what)
      arch_wait(200, "the arena", NULL);
    else
      arch_wait(32, "memory to start a thread with (HEDDLE_HEAP_SIZE)", NULL);
  }
  void *p = NULL;
  if (arch_load_rlx_gpu(&arena.slab) != slab) /* somebody was faster */
    p = take(arch_load_rlx_gpu(&arena.slab), bytes);
  while (!p) {
    slab = (uint64_t)(uintptr_t)new_slab(bytes, what);
    if (!slab)
      break;
    arch_store_rel_gpu(&arena.slab, slab); /* M2 */
    p = take(slab, bytes);                 /* others may empty it first */
  }
  if (p)
    hdl_unlock(&arena.lock);
  else /* an attempt, perhaps one of many: no sign of progress */
    hdl_unlock_quietly(&arena.lock);
  return p;
}

/* Zero, and copy, whole words that do not overlap.  Assignments of structures of
 * more than 64 bytes become memset and memcpy, which LLVM lowers for GPUs to
 * loops over bytes.  These loops it leaves alone, because the runtime is compiled
 * as freestanding (test/runtime/no-byte-loops.test). */
HDL_OUTLINE void hdl_clear(void *memory, uint64_t bytes) {
  uint64_t *word = memory;
#pragma clang loop unroll_count(4)
  for (uint64_t i = 0; i < bytes / sizeof *word; i++)
    word[i] = 0;
}
HDL_OUTLINE void hdl_copy(void *to, const void *from, uint64_t bytes) {
  uint64_t *word = to;
  const uint64_t *source = from;
#pragma clang loop unroll_count(4)
  for (uint64_t i = 0; i < bytes / sizeof *word; i++)
    word[i] = source[i];
}

/* The block behind `block`, which is about to be linked. */
HDL_OUTLINE void *hdl_pool_await(void *block) {
  uint64_t next;
  while ((next = arch_load_rlx_gpu((uint64_t *)block)) ==
         (uint64_t)(uintptr_t)HDL_POOL_PENDING)
    arch_wait(32, "a block on its way home", NULL);
  return (void *)(uintptr_t)next;
}

/* What others have sent back of class `c` becomes the free list; false if that
 * is nothing, perhaps because another lane of the warp was faster. */
static bool take_returned(struct hdl_thread *t, uint32_t c) {
  if (!t->worker || arch_load_rlx_dev(&t->worker->returned[c]) == 0)
    return false;
  t->free[c] =
      (void *)(uintptr_t)arch_xchg_acq_dev(&t->worker->returned[c], 0); /* M1 */
  return t->free[c] != NULL;
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
    if (take_returned(t, c))
      return hdl_pool_pop(t, c);
    /* The rest of the old chunk is smaller than one block: let it be. */
    t->bump = hdl_arena(CHUNK, "tasks");
    t->bump_end = t->bump + CHUNK;
  }
  void *p = t->bump;
  t->bump += size;
  return p;
}

/* All that lie ready are on the thread's lists then. */
HDL_OUTLINE void hdl_pool_keep_spares(struct hdl_thread *t) {
  while (t->spares > 0) {
    uint64_t block = t->spare[--t->spares], c = block % HDL_POOL_SMALLEST;
    hdl_pool_keep(t, (void *)(uintptr_t)(block - c), (uint32_t)c);
  }
}

/* Give back a block of another thread's pool, or of the heap.  A lane keeps it,
 * and so does whoever frees what a lane allocated. */
HDL_OUTLINE void hdl_pool_return(struct hdl_thread *t, void *p,
                                 uint32_t pool_class, uint32_t home) {
  if (pool_class == HDL_CLASSES) {
    arch_free(p);
    return;
  }
  if (!t->stack || home >= t->grid->workers) {
    hdl_pool_keep(t, p, pool_class);
    return;
  }
  uint64_t *link = p;
  arch_store_rlx_gpu(link, (uint64_t)(uintptr_t)HDL_POOL_PENDING);
  uint64_t before =
      arch_xchg_rel_dev(&t->grid->worker[home].returned[pool_class],
                        (uint64_t)(uintptr_t)p); /* M1 */
  arch_store_rlx_gpu(link, before);
}
