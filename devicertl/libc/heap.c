/* heap.c - malloc and its relatives (C17 7.22.3) on the machine's device heap.
 *
 * NVIDIA's driver defines malloc and free for device code, but neither says how
 * large a block is, and realloc must know.  So the program's calls come here:
 * Heddle's compiler pass gives them the names below, while the runtime goes on
 * to use the driver's.  A header of 16 bytes, which keeps the alignment, stands
 * in front of each block. */
#include "libc.h"

enum { ALIGNMENT = 16 };

struct header {
  void *start;  /* what the machine's heap gave */
  size_t bytes; /* the program's */
};
_Static_assert(sizeof(struct header) == ALIGNMENT, "keeps the alignment");

static struct header *header_of(void *block) {
  return (struct header *)block - 1;
}

/* A block at a multiple of `alignment`, a power of two. */
static void *allocate(size_t alignment, size_t bytes) {
  size_t extra = sizeof(struct header);
  if (alignment > ALIGNMENT)
    extra += alignment - ALIGNMENT;
  char *start = NULL;
  if (bytes <= PTRDIFF_MAX - extra)
    start = arch_malloc(bytes + extra);
  if (!start) {
    libc_set_errno(LIBC_ENOMEM);
    return NULL;
  }
  uintptr_t at = (uintptr_t)start + extra;
  void *block = start + extra - at % alignment;
  *header_of(block) = (struct header){start, bytes};
  return block;
}

HDL_API void *__heddle_malloc(size_t bytes) {
  return allocate(ALIGNMENT, bytes);
}

HDL_API void __heddle_free(void *block) {
  if (block)
    arch_free(header_of(block)->start);
}

HDL_API void *__heddle_calloc(size_t count, size_t bytes) {
  size_t all;
  if (__builtin_mul_overflow(count, bytes, &all))
    all = SIZE_MAX; /* which nobody has */
  char *block = allocate(ALIGNMENT, all);
  for (size_t i = 0; block && i < all; i++)
    block[i] = 0;
  return block;
}

HDL_API void *__heddle_realloc(void *old, size_t bytes) {
  if (!old)
    return allocate(ALIGNMENT, bytes);
  if (bytes == 0) { /* as glibc does */
    __heddle_free(old);
    return NULL;
  }
  size_t before = header_of(old)->bytes;
  if (bytes <= before && bytes >= before / 2)
    return old; /* keep what it has: it may grow again */
  char *block = allocate(ALIGNMENT, bytes);
  if (!block)
    return NULL;
  for (size_t i = 0; i < bytes && i < before; i++)
    block[i] = ((char *)old)[i];
  __heddle_free(old);
  return block;
}

static bool is_alignment(size_t n) { return n != 0 && (n & (n - 1)) == 0; }

HDL_API void *__heddle_aligned_alloc(size_t alignment, size_t bytes) {
  if (!is_alignment(alignment)) {
    libc_set_errno(LIBC_EINVAL);
    return NULL;
  }
  return allocate(alignment < ALIGNMENT ? ALIGNMENT : alignment, bytes);
}

HDL_API int __heddle_posix_memalign(void **block, size_t alignment,
                                    size_t bytes) {
  if (!is_alignment(alignment) || alignment % sizeof(void *) != 0)
    return LIBC_EINVAL;
  void *found = __heddle_aligned_alloc(alignment, bytes);
  if (!found)
    return LIBC_ENOMEM;
  *block = found;
  return 0;
}

HDL_API char *__heddle_strdup(const char *s) {
  size_t bytes = 1;
  while (s[bytes - 1])
    bytes++;
  char *copy = allocate(ALIGNMENT, bytes);
  for (size_t i = 0; copy && i < bytes; i++)
    copy[i] = s[i];
  return copy;
}
