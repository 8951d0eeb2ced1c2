/* teammem.c - shared memory for omp_alloc with omp_cgroup_mem_alloc,
 * omp_pteam_mem_alloc and omp_low_lat_mem_alloc in a league, where a team is a
 * block (OpenMP 5.2, 6.2).
 *
 * It is given out in units, of which a word has one bit each; a block lies in
 * the units of one word.  When there is no room, the device heap takes over, as
 * the predefined allocators' fallback trait says.
 *
 *   S1  A unit's bit is set from the swap that takes it to the one that gives it
 *       back.
 *   S2  The swaps are acq_rel (cta): who takes memory comes after all that was
 *       done to it before it was given. */
#include "teammem.h"

enum { UNIT = 64, WORDS = 2, BITS = 64 };

struct memory {
  uint64_t used[WORDS]; /* atomic, S1 */
  _Alignas(16) char unit[WORDS][BITS][UNIT];
};
static HDL_BLOCK_LOCAL struct memory memory_here
    __attribute__((loader_uninitialized));

static struct memory *memory(void) { return (struct memory *)&memory_here; }

void hdl_teammem_begin(void) {
  for (uint32_t w = 0; w < WORDS; w++)
    memory()->used[w] = 0;
}

static uint64_t units(uint64_t bytes) {
  return bytes / UNIT + (bytes % UNIT != 0);
}

/* The lowest `n` bits, 1 to 64. */
static uint64_t run_of(uint64_t n) { return ~UINT64_C(0) >> (BITS - n); }

/* Where `n` zeroes follow one another in `word`, or BITS. */
static uint64_t find(uint64_t word, uint64_t n) {
  uint64_t begins = ~word; /* bit i: that many zeroes, from i on */
  for (uint64_t i = 1; i < n; i++)
    begins &= begins >> 1;
  return begins ? (uint64_t)__builtin_ctzll(begins) : BITS;
}

void *hdl_teammem_take(uint64_t bytes) {
  struct memory *m = memory();
  uint64_t n = units(bytes);
  for (uint32_t w = 0; w < WORDS && n <= BITS; w++) {
    uint64_t old = arch_load_rlx_cta(&m->used[w]), at;
    while ((at = find(old, n)) < BITS) {
      uint64_t seen = arch_cas_acq_rel_cta(&m->used[w], old,
                                           old | run_of(n) << at); /* S2 */
      if (seen == old)
        return m->unit[w][at];
      old = seen;
    }
  }
  return NULL;
}

void hdl_teammem_give(void *p, uint64_t bytes) {
  struct memory *m = memory();
  uint64_t index = (uint64_t)((char *)p - m->unit[0][0]) / UNIT;
  uint64_t *word = &m->used[index / BITS];
  uint64_t mine = run_of(units(bytes)) << index % BITS;
  uint64_t old = arch_load_rlx_cta(word), seen;
  while ((seen = arch_cas_acq_rel_cta(word, old, old & ~mine)) != old) /* S2 */
    old = seen;
}
