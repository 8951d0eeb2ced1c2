/* alloc.c - memory management routines on the device (OpenMP 5.2, 18.13).
 *
 * Every memory space is the device heap, so the predefined allocators differ
 * only in name, but for this: in a league those whose memory is for a team only
 * take it from the block's shared memory first (teammem.c).  A grid team spans
 * multiprocessors and has no such memory.  An allocator made by
 * omp_init_allocator adds alignment, pool size and fallback; what
 * access or partition its traits ask for, the heap has or need not have.
 *
 *   A1  used <= pool_size: a block is counted before it is allocated and until
 *       it has been freed.  The counter orders nothing else. */
#include "league.h"
#include "teammem.h"

/* Handles, memory spaces, keys and values of <omp.h>. */
enum {
  NULL_ALLOCATOR = 0,
  DEFAULT_MEM = 1,
  LOW_LAT_MEM = 5,
  CGROUP_MEM = 6,
  PTEAM_MEM = 7,
  THREAD_MEM = 8, /* the last predefined one */
  LLVM_DEVICE_MEM = 102,
  FIRST_OWN = 4096, /* above, the handle is the allocator's address */
};
enum {
  FIRST_SPACE = 1, /* omp_large_cap_mem_space to omp_low_lat_mem_space */
  LAST_SPACE = 4,
  DEFAULT_SPACE = 99,
  LLVM_DEVICE_SPACE = 102,
};
enum {
  KEY_SYNC_HINT = 1,
  KEY_ALIGNMENT = 2,
  KEY_ACCESS = 3,
  KEY_POOL_SIZE = 4,
  KEY_FALLBACK = 5,
  KEY_FB_DATA = 6,
  KEY_PINNED = 7,
  KEY_PARTITION = 8,
};
enum { FB_DEFAULT_MEM = 11, FB_NULL = 12, FB_ABORT = 13, FB_ALLOCATOR = 14 };
#define VALUE_DEFAULT (~UINT64_C(0))

struct trait {
  int32_t key;
  uint64_t value;
};
_Static_assert(sizeof(struct trait) == 16, "omp_alloctrait_t");

struct allocator {
  uint64_t alignment;
  uint64_t pool_size;
  uint64_t used; /* bytes of its blocks; atomic, A1 */
  uint64_t fallback;
  uint64_t next; /* handle to fall back to */
};

/* In front of every block. */
struct header {
  void *base; /* what the heap gave; NULL: it is the team's */
  uint64_t bytes;
  uint64_t allocator; /* handle of the one that counts it */
  uint64_t reserved;
};
enum { ALIGNMENT = 16, WORD = 8 }; /* of all blocks, at least; bytes */
_Static_assert(sizeof(struct header) % ALIGNMENT == 0, "keeps blocks aligned");

static struct allocator *own(uint64_t handle) {
  return handle >= FIRST_OWN ? (struct allocator *)(uintptr_t)handle : NULL;
}

static struct header *header_of(void *block) {
  return (struct header *)block - 1;
}

/* A block has room for whole words: they are cleared and copied. */
static uint64_t words(uint64_t bytes) {
  return bytes / WORD + (bytes % WORD != 0);
}

static bool power_of_two(uint64_t n) { return n != 0 && (n & (n - 1)) == 0; }

/* Count a block of `a`, if the pool has room. */
static bool reserve(struct allocator *a, uint64_t bytes) {
  uint64_t used = arch_load_rlx_gpu(&a->used), seen;
  for (;;) {
    if (bytes > a->pool_size - used)
      return false;
    seen = arch_cas_acq_rel_gpu(&a->used, used, used + bytes);
    if (seen == used)
      return true;
    used = seen;
  }
}

static void unreserve(uint64_t handle, uint64_t bytes) {
  struct allocator *a = own(handle);
  if (a)
    arch_add_rlx_gpu(&a->used, -bytes);
}

/* The same size from the team's shared memory, or NULL. */
static void *take_shared(uint64_t alignment, uint64_t bytes, uint64_t handle) {
  if (handle < LOW_LAT_MEM || handle > PTEAM_MEM || alignment > ALIGNMENT ||
      !hdl_in_league())
    return NULL;
  uint64_t all = bytes + sizeof(struct header);
  if (all < bytes)
    return NULL;
  struct header *h = hdl_teammem_take(all);
  if (!h)
    return NULL;
  *h = (struct header){.bytes = bytes, .allocator = handle};
  return h + 1;
}

/* One attempt with the allocator `handle`, or NULL. */
static void *try(uint64_t alignment, uint64_t bytes, uint64_t handle) {
  struct allocator *a = own(handle);
  if (!a && handle > THREAD_MEM && handle != LLVM_DEVICE_MEM)
    return NULL; /* memory that the host could use */
  if (a && a->alignment > alignment)
    alignment = a->alignment;
  if (alignment < ALIGNMENT)
    alignment = ALIGNMENT;
  void *shared = take_shared(alignment, bytes, handle);
  if (shared)
    return shared;
  uint64_t all =
      words(bytes) * WORD + sizeof(struct header) + alignment - ALIGNMENT;
  if (all < bytes || (a && !reserve(a, bytes)))
    return NULL;
  char *base = arch_malloc(all);
  if (!base) {
    unreserve(handle, bytes);
    return NULL;
  }
  uint64_t first = (uint64_t)(uintptr_t)base + sizeof(struct header);
  void *block = (void *)(uintptr_t)((first + alignment - 1) & -alignment);
  *header_of(block) =
      (struct header){.base = base, .bytes = bytes, .allocator = handle};
  return block;
}

static void *allocate(uint64_t alignment, uint64_t bytes, uint64_t handle) {
  if (!power_of_two(alignment))
    hdl_fault(HDL_FAULT_MISUSE,
              "omp_aligned_alloc was asked for an alignment that is not a "
              "power of two",
              NULL, 0, 0);
  if (bytes == 0)
    return NULL;
  if (handle == NULL_ALLOCATOR)
    handle = hdl_self()->allocator;
  for (;;) {
    void *block = try(alignment, bytes, handle);
    struct allocator *a = own(handle);
    if (block || !a || a->fallback == FB_NULL)
      return block;
    if (a->fallback == FB_ABORT)
      hdl_fault(HDL_FAULT_NO_MEMORY,
                "omp_alloc with the fallback omp_atv_abort_fb", NULL, bytes, 0);
    handle = a->fallback == FB_ALLOCATOR ? a->next : DEFAULT_MEM;
  }
}

static void *allocate_zeroed(uint64_t alignment, uint64_t n, uint64_t bytes,
                             uint64_t handle) {
  if (bytes && n > ~UINT64_C(0) / bytes)
    return NULL;
  uint64_t *block = allocate(alignment, n * bytes, handle);
  for (uint64_t i = 0; block && i < words(n * bytes); i++)
    block[i] = 0;
  return block;
}

/* ------------------------------------------------------------------------
 * What programs call. */

HDL_API uint64_t omp_init_allocator(uint64_t space, int32_t n,
                                    const struct trait *trait) {
  if ((space < FIRST_SPACE || space > LAST_SPACE) && space != DEFAULT_SPACE &&
      space != LLVM_DEVICE_SPACE)
    return NULL_ALLOCATOR;
  struct allocator made = {
      .alignment = 1,
      .pool_size = ~UINT64_C(0),
      .fallback = FB_DEFAULT_MEM,
  };
  for (int32_t i = 0; i < n; i++) {
    uint64_t value = trait[i].value;
    bool standard = value == VALUE_DEFAULT;
    switch (trait[i].key) {
    case KEY_ALIGNMENT:
      made.alignment = standard ? 1 : value;
      break;
    case KEY_POOL_SIZE:
      made.pool_size = value;
      break;
    case KEY_FALLBACK:
      made.fallback = standard ? FB_DEFAULT_MEM : value;
      break;
    case KEY_FB_DATA:
      made.next = standard ? NULL_ALLOCATOR : value;
      break;
    case KEY_SYNC_HINT:
    case KEY_ACCESS:
    case KEY_PINNED:
    case KEY_PARTITION:
      break;
    default:
      return NULL_ALLOCATOR;
    }
  }
  if (!power_of_two(made.alignment) || made.fallback < FB_DEFAULT_MEM ||
      made.fallback > FB_ALLOCATOR ||
      (made.fallback == FB_ALLOCATOR && made.next == NULL_ALLOCATOR))
    return NULL_ALLOCATOR;
  struct allocator *a = arch_malloc(sizeof *a);
  if (!a)
    return NULL_ALLOCATOR;
  *a = made;
  return (uint64_t)(uintptr_t)a;
}

HDL_API void omp_destroy_allocator(uint64_t handle) { arch_free(own(handle)); }

/* def-allocator-var has one copy for each implicit task, not one for each data
 * environment (2.4). */
HDL_API void omp_set_default_allocator(uint64_t handle) {
  if (handle != NULL_ALLOCATOR)
    hdl_self()->allocator = handle;
}
HDL_API uint64_t omp_get_default_allocator(void) {
  return hdl_self()->allocator;
}

HDL_API void *omp_alloc(uint64_t bytes, uint64_t handle) {
  return allocate(1, bytes, handle);
}
HDL_API void *omp_aligned_alloc(uint64_t alignment, uint64_t bytes,
                                uint64_t handle) {
  return allocate(alignment, bytes, handle);
}
HDL_API void *omp_calloc(uint64_t n, uint64_t bytes, uint64_t handle) {
  return allocate_zeroed(1, n, bytes, handle);
}
HDL_API void *omp_aligned_calloc(uint64_t alignment, uint64_t n, uint64_t bytes,
                                 uint64_t handle) {
  return allocate_zeroed(alignment, n, bytes, handle);
}

/* The block itself knows its allocator. */
HDL_API void omp_free(void *block, uint64_t handle) {
  (void)handle;
  if (!block)
    return;
  struct header h = *header_of(block);
  if (!h.base) {
    hdl_teammem_give(header_of(block), h.bytes + sizeof h);
    return;
  }
  arch_free(h.base);
  unreserve(h.allocator, h.bytes);
}

HDL_API void *omp_realloc(void *block, uint64_t bytes, uint64_t handle,
                          uint64_t free_handle) {
  if (block && bytes == 0) {
    omp_free(block, free_handle);
    return NULL;
  }
  if (handle == NULL_ALLOCATOR && block)
    handle = header_of(block)->allocator;
  void *to = allocate(1, bytes, handle);
  if (!to || !block)
    return to; /* on failure the old block stays as it is */
  uint64_t kept = header_of(block)->bytes;
  hdl_copy(to, block, 8 * words(kept < bytes ? kept : bytes));
  omp_free(block, free_handle);
  return to;
}
