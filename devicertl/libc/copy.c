/* copy.c - what copies and fills memory (C17 7.24.2 and 7.24.6.1).
 *
 * LLVM makes loops over single bytes of them on GPUs, which for a structure of
 * 400 bytes are 400 trips through the loop and as many to the L1.  So the
 * compiler's plugin has the program call these (plugin/library.cpp). */
#include "libc.h"

typedef uint32_t quad __attribute__((vector_size(16), may_alias));
typedef uint64_t word __attribute__((may_alias));
typedef uint32_t half __attribute__((may_alias));

/* The largest power of two up to 16 by which both addresses, or their distance,
 * can be divided. */
static size_t common_unit(uintptr_t distance) {
  distance |= sizeof(quad);
  return distance & -distance;
}

/* The bytes before `t` is aligned to `unit`, or n. */
static size_t head_bytes(uintptr_t t, size_t unit, size_t n) {
  size_t head = -t & (unit - 1);
  return head < n ? head : n;
}

/* Copy as many units as are in n bytes, four at a time: loads come before the
 * stores, so that one latency is paid for all.  Right also if `t` lies within
 * what is copied, but below `f`.  Returns how many bytes were copied. */
#define COPY_UNITS(type)                                                       \
  static size_t copy_##type##s(char *t, const char *f, size_t n) {             \
    size_t i = 0;                                                              \
    for (; i + 4 * sizeof(type) <= n; i += 4 * sizeof(type)) {                 \
      const type *from = (const type *)(f + i);                                \
      type *to = (type *)(t + i), a = from[0], b = from[1], c = from[2],       \
           d = from[3];                                                        \
      to[0] = a, to[1] = b, to[2] = c, to[3] = d;                              \
    }                                                                          \
    for (; i + sizeof(type) <= n; i += sizeof(type))                           \
      *(type *)(t + i) = *(const type *)(f + i);                               \
    return i;                                                                  \
  }
COPY_UNITS(quad)
COPY_UNITS(word)
COPY_UNITS(half)

HDL_API HDL_OUTLINE void *__heddle_memcpy(void *to, const void *from,
                                          size_t n) {
  char *t = to;
  const char *f = from;
  size_t unit = common_unit((uintptr_t)t ^ (uintptr_t)f), i = 0;
  if (unit >= sizeof(half)) {
    for (size_t head = head_bytes((uintptr_t)t, unit, n); i < head; i++)
      t[i] = f[i];
    if (unit == sizeof(quad))
      i += copy_quads(t + i, f + i, n - i);
    else if (unit == sizeof(word))
      i += copy_words(t + i, f + i, n - i);
    else
      i += copy_halfs(t + i, f + i, n - i);
  }
  for (; i < n; i++)
    t[i] = f[i];
  return to;
}

HDL_API HDL_OUTLINE void *__heddle_memmove(void *to, const void *from,
                                           size_t n) {
  char *t = to;
  const char *f = from;
  if ((uintptr_t)t - (uintptr_t)f >= n) /* below, or behind all of it */
    return __heddle_memcpy(to, from, n);
  while (n-- > 0)
    t[n] = f[n];
  return to;
}

HDL_API HDL_OUTLINE void *__heddle_memset(void *to, int value, size_t n) {
  char *t = to;
  const word eight = (unsigned char)value * UINT64_C(0x0101010101010101);
  size_t i = 0;
  for (size_t head = head_bytes((uintptr_t)t, sizeof(word), n); i < head; i++)
    t[i] = (char)value;
  for (; i + sizeof(word) <= n; i += sizeof(word))
    *(word *)(t + i) = eight;
  for (; i < n; i++)
    t[i] = (char)value;
  return to;
}
