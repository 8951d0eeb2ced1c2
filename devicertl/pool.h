/* pool.h - the frequent half of pool.c: a block from the thread's own free
 * list, and back. */
#ifndef HDL_POOL_H
#define HDL_POOL_H

#include "runtime.h"

enum { HDL_POOL_SMALLEST = 128 }; /* bytes; each class has twice the last's */

void *hdl_pool_refill(struct hdl_thread *t, uint64_t bytes, uint32_t c);
void *hdl_pool_await(void *block);
void hdl_pool_keep_spares(struct hdl_thread *t);
void hdl_pool_return(struct hdl_thread *t, void *p, uint32_t pool_class,
                     uint32_t home);

/* What a block that has been sent home is linked to until it is (M1 in pool.c).
 */
#define HDL_POOL_PENDING ((void *)1)

static inline void *hdl_pool_pop(struct hdl_thread *t, uint32_t c) {
  void *p = t->free[c], *next = *(void **)p;
  if (next == HDL_POOL_PENDING)
    next = hdl_pool_await(p);
  t->free[c] = next;
  return p;
}

/* The class of blocks of at least `bytes`; HDL_CLASSES: none is as large. */
static inline uint32_t hdl_pool_class(uint64_t bytes) {
  if (bytes <= HDL_POOL_SMALLEST)
    return 0;
  uint64_t units = (bytes - 1) / HDL_POOL_SMALLEST;
  uint32_t c = 64 - (uint32_t)__builtin_clzll(units);
  return c < HDL_CLASSES ? c : HDL_CLASSES;
}

/* A block of class `c` that lies ready, or NULL. */
static inline void *hdl_pool_try(struct hdl_thread *t, uint32_t c) {
  void *p, *next;
  if (c == HDL_CLASSES || !(p = t->free[c]) ||
      (next = *(void **)p) == HDL_POOL_PENDING)
    return NULL;
  t->free[c] = next;
  return p;
}

/* The same where the warp is whole: from shared memory, if one of that class is the
 * next there. */
static inline void *hdl_pool_take(struct hdl_thread *t, uint32_t c) {
  uint32_t n = t->spares;
  if (n > 0) {
    uint64_t block = t->spare[n - 1];
    if (block % HDL_POOL_SMALLEST == c) {
      t->spares = n - 1;
      return (void *)(uintptr_t)(block - c);
    }
  }
  return hdl_pool_try(t, c);
}

/* Put a block of the thread's own pool on its list. */
static inline void hdl_pool_keep(struct hdl_thread *t, void *p, uint32_t c) {
  *(void **)p = t->free[c];
  t->free[c] = p;
}

/* Give back a block of the thread's own pool where the warp is whole. */
static inline void hdl_pool_spare(struct hdl_thread *t, void *p, uint32_t c) {
  uint32_t n = t->spares;
  if (n == HDL_SPARES) {
    hdl_pool_keep(t, p, c);
    return;
  }
  t->spare[n] = (uint64_t)(uintptr_t)p + c;
  t->spares = n + 1;
}

/* A block of at least `bytes`; stores the class to give back. */
static inline void *hdl_pool_get(struct hdl_thread *t, uint64_t bytes,
                                 uint8_t *pool_class) {
  uint32_t c = hdl_pool_class(bytes);
  *pool_class = (uint8_t)c;
  if (c < HDL_CLASSES && t->free[c])
    return hdl_pool_pop(t, c);
  return hdl_pool_refill(t, bytes, c);
}

/* Give back a block that came from the pool of worker `home`. */
static inline void hdl_pool_put(struct hdl_thread *t, void *p,
                                uint8_t pool_class, uint32_t home) {
  if (home != t->id || pool_class == HDL_CLASSES) {
    hdl_pool_return(t, p, pool_class, home);
    return;
  }
  hdl_pool_keep(t, p, pool_class);
}

#endif /* HDL_POOL_H */
