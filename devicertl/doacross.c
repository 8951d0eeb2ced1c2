/* doacross.c - loop nests with dependences between iterations (OpenMP 5.2,
 * 15.9.6): `ordered(n)` with `depend(sink: ...)`, `doacross(sink: ...)`.
 *
 * One bit per iteration of the nest says whether it has posted.  The bits of a
 * nest hang from a loop slot (loop.c), made by the first member that comes and
 * freed by the last that leaves.
 *
 *   D1  loop->done is 0, then BEING_MADE for the member that swapped it in,
 *       then the address of zeroed bits until the slot is reset.
 *   D2  Only the thread of an iteration sets its bit, once, by adding it: bits
 *       of other threads in the word stay.
 *   D3  A sink outside of the nest is no dependence.
 * Pairings
 *   D4  done, release -> poll and acquire fence: the bits are zero.
 *   D5  a bit, acq_rel add -> poll and acquire fence: the waiting iteration
 *       sees what the posting one did.  Adds by others between the two
 *       continue the release sequence. */
#include "runtime.h"

#define BEING_MADE UINT64_C(1)

/* A nest, as seen by one member; on its soft stack. */
struct hdl_doacross {
  struct hdl_loop *loop;
  uint32_t *bits;
  uint32_t dims;
  struct kmp_dim dim[];
};

static uint32_t *make_bits(uint64_t iterations, const char *where) {
  uint64_t words = iterations / 32 + 1;
  uint32_t *bits = arch_malloc(words * sizeof *bits);
  if (!bits)
    hdl_fault(HDL_FAULT_NO_MEMORY, "a doacross loop nest", where,
              words * sizeof *bits, 0);
  for (uint64_t i = 0; i < words; i++)
    bits[i] = 0;
  return bits;
}

/* The bits of a nest, by whoever needs them first (D1). */
static uint32_t *share_bits(struct hdl_loop *loop, uint64_t iterations,
                            const char *where) {
  if (arch_load_rlx_gpu(&loop->done) == 0 &&
      arch_cas_acq_rel_gpu(&loop->done, 0, BEING_MADE) == 0) {
    uint32_t *bits = make_bits(iterations, where);
    arch_store_rel_gpu(&loop->done, (uint64_t)(uintptr_t)bits); /* D4 */
    arch_progress();
    return bits;
  }
  struct hdl_backoff pause = {0};
  uint64_t done;
  while ((done = arch_load_rlx_gpu(&loop->done)) == BEING_MADE)
    hdl_backoff(&pause, 256, "doacross", where);
  arch_fence_acq_rel_gpu(); /* D4 */
  arch_progress();
  return (uint32_t *)(uintptr_t)done;
}

/* Called when a slot is reset, by the last member. */
void hdl_doacross_free(struct hdl_loop *loop) {
  uint64_t done = arch_load_rlx_gpu(&loop->done);
  if (!done)
    return;
  arch_free((void *)(uintptr_t)done);
  arch_store_rlx_gpu(&loop->done, (uint64_t)0);
}

static uint64_t extent(const struct kmp_dim *dim) {
  int64_t n = (dim->upper - dim->lower) / dim->stride;
  return n > 0 ? (uint64_t)n : 0;
}

/* The place of the bit of iteration `at`; false if there is no such (D3). */
static bool place(const struct hdl_doacross *nest, const int64_t *at,
                  uint64_t *bit) {
  *bit = 0;
  for (uint32_t i = 0; i < nest->dims; i++) {
    const struct kmp_dim *dim = &nest->dim[i];
    int64_t distance = at[i] - dim->lower;
    if (distance % dim->stride != 0)
      return false;
    distance /= dim->stride;
    if (distance < 0 || (uint64_t)distance >= extent(dim))
      return false;
    *bit = *bit * extent(dim) + (uint64_t)distance;
  }
  return true;
}

/* `dims` is in the calling lane's local memory and is copied. */
HDL_API void __kmpc_doacross_init(const struct ident *loc, int32_t gtid,
                                  int32_t dims, const struct kmp_dim *dim) {
  (void)gtid;
  struct hdl_thread *t = hdl_self();
  t->ws.doacross = NULL; /* an ordered loop may have left something there */
  if (t->team->size == 1)
    return; /* iterations run in order */
  struct hdl_loop *loop = hdl_loop_enter(t, loc);
  if (!loop)
    return; /* the region has been cancelled */
  uint32_t n = (uint32_t)dims;
  struct hdl_doacross *nest = hdl_stack_push(t, sizeof *nest + n * sizeof *dim);
  uint64_t iterations = 1;
  for (uint32_t i = 0; i < n; i++) {
    nest->dim[i] = dim[i];
    iterations *= extent(&dim[i]);
  }
  nest->dims = n;
  nest->loop = loop;
  nest->bits = share_bits(nest->loop, iterations, ident_where(loc));
  t->ws.doacross = nest;
  t->ws.within = true;
}

HDL_API void __kmpc_doacross_fini(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_doacross *nest = t->ws.doacross;
  if (!nest)
    return;
  t->ws.doacross = NULL;
  t->ws.within = false;
  hdl_loop_leave(t, nest->loop);
  hdl_stack_pop(t, nest);
}

/* `source`: the iteration `at` of the calling thread lets others go on. */
HDL_API void __kmpc_doacross_post(const struct ident *loc, int32_t gtid,
                                  const int64_t *at) {
  (void)loc, (void)gtid;
  const struct hdl_doacross *nest = hdl_self()->ws.doacross;
  uint64_t bit;
  if (!nest || !place(nest, at, &bit))
    return;
  uint32_t *word = &nest->bits[bit / 32], one = 1u << bit % 32;
  if (!(arch_load_rlx_gpu(word) & one)) /* D2 */
    arch_add_acq_rel_gpu(word, one);    /* D5 */
  arch_progress();
}

/* `sink`: wait until iteration `at` has posted. */
HDL_API void __kmpc_doacross_wait(const struct ident *loc, int32_t gtid,
                                  const int64_t *at) {
  (void)gtid;
  struct hdl_thread *t = hdl_self();
  const struct hdl_doacross *nest = t->ws.doacross;
  uint64_t bit;
  if (!nest || !place(nest, at, &bit))
    return;
  const uint32_t *word = &nest->bits[bit / 32];
  uint32_t one = 1u << bit % 32;
  struct hdl_backoff pause = {0};
  while (!(arch_load_rlx_gpu(word) & one)) {
    if (hdl_cancelled_region(t))
      break; /* it may never post (C3) */
    hdl_backoff(&pause, 128, "doacross", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* D5 */
  arch_progress();
}
