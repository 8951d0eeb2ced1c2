/* random.c - rand, srand and rand_r (C17 7.22.2), and POSIX's random and
 * srandom, which are the same, up to glibc's RAND_MAX.
 *
 * rand has one sequence for the whole device; threads that call it at once get
 * different members of it. */
#include "libc.h"

/* How many numbers have been drawn, plus the seed times 2^32. */
static uint64_t drawn = UINT64_C(1) << 32;

/* A bijection that makes counters look random: multiply, and fold the good
 * high bits into the low ones. */
static uint32_t mix(uint64_t n) {
  n *= UINT64_C(0x9e3779b97f4a7c15); /* 2^64 / golden ratio */
  n ^= n >> 32;
  n *= UINT64_C(0xd6e8feb86659fd93);
  n ^= n >> 32;
  return (uint32_t)n & 0x7fffffff;
}

HDL_LIBC void srand(unsigned seed) {
  arch_store_rlx_gpu(&drawn, (uint64_t)seed << 32);
}

HDL_LIBC int rand(void) {
  return (int)mix(arch_add_rlx_gpu(&drawn, (uint64_t)1));
}

HDL_LIBC int rand_r(unsigned *seed) {
  return (int)mix(*seed = *seed * 0x915f77f5u + 0x3c6ef35fu);
}

HDL_LIBC void srandom(unsigned seed) { srand(seed); }

HDL_LIBC long random(void) { return rand(); }
