// Allocators made with traits align their blocks, never give more than their
// pool holds, also to many threads at once, and then fall back as asked
// (OpenMP 5.2, 6.2, 18.13.1).
//
// OpenMP 5.2: 6.2 allocators; 18.13.1 omp_init_allocator, omp_destroy_allocator
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdint.h>

enum { BLOCK = 100, BLOCKS = 5 };

int main(void) {
  int threads = 0, given = 0, unaligned = 0, refilled = 0, beyond = 0;
  int chained = 0, bad_traits = 0;
#pragma omp target map(tofrom : threads, given, unaligned, refilled, beyond)   \
    map(tofrom : chained, bad_traits)
  {
    omp_alloctrait_t small[] = {
        {omp_atk_pool_size, BLOCK * BLOCKS + BLOCK / 2},
        {omp_atk_fallback, omp_atv_null_fb},
        {omp_atk_alignment, 256},
        {omp_atk_access, omp_atv_all},
        {omp_atk_sync_hint, omp_atv_contended},
    };
    omp_allocator_handle_t pool =
        omp_init_allocator(omp_default_mem_space, 5, small);
#pragma omp parallel shared(pool, given, unaligned, threads)
    {
      // Each takes what it can get; nobody gives back before all have tried.
      void *mine[BLOCKS + 1];
      int got = 0, bad = 0;
      while (got <= BLOCKS && (mine[got] = omp_alloc(BLOCK, pool)))
        bad += (uintptr_t)mine[got++] % 256 != 0;
#pragma omp atomic
      given += got;
#pragma omp atomic
      unaligned += bad;
#pragma omp atomic
      threads++;
#pragma omp barrier
      while (got)
        omp_free(mine[--got], pool);
    }
    // Everything has come back: the pool holds as many again.
    void *p[BLOCKS];
    for (int i = 0; i < BLOCKS; i++)
      refilled += (p[i] = omp_alloc(BLOCK, pool)) != NULL;
    beyond += omp_alloc(BLOCK, pool) == NULL;

    // Full, this one goes on with another allocator, and that with the default.
    omp_alloctrait_t second[] = {{omp_atk_pool_size, BLOCK},
                                 {omp_atk_fallback, omp_atv_default_mem_fb}};
    omp_allocator_handle_t next =
        omp_init_allocator(omp_large_cap_mem_space, 2, second);
    omp_alloctrait_t first[] = {{omp_atk_pool_size, BLOCK},
                                {omp_atk_fallback, omp_atv_allocator_fb},
                                {omp_atk_fb_data, (uintptr_t)next}};
    omp_allocator_handle_t chain =
        omp_init_allocator(omp_high_bw_mem_space, 3, first);
    char *c[4];
    for (int i = 0; i < 4; i++) {
      c[i] = omp_alloc(BLOCK, chain);
      chained += c[i] != NULL;
    }
    omp_free(c[1], chain); // the one of `next`, which has room again
    omp_alloctrait_t probe[] = {{omp_atk_pool_size, 2 * BLOCK},
                                {omp_atk_fallback, omp_atv_null_fb}};
    omp_allocator_handle_t none =
        omp_init_allocator(omp_default_mem_space, 2, probe);
    chained += omp_realloc(c[0], 3 * BLOCK, none, chain) == NULL;
    chained += (c[0] = omp_realloc(c[0], 2 * BLOCK, none, chain)) != NULL;
    chained += omp_alloc(1, none) == NULL;
    omp_free(c[0], none);
    omp_free(c[2], chain);
    omp_free(c[3], chain);
    for (int i = 0; i < BLOCKS; i++)
      omp_free(p[i], pool);
    omp_destroy_allocator(chain);
    omp_destroy_allocator(next);
    omp_destroy_allocator(none);
    omp_destroy_allocator(pool);

    omp_alloctrait_t odd[] = {{omp_atk_alignment, 24}};
    omp_alloctrait_t alone[] = {{omp_atk_fallback, omp_atv_allocator_fb}};
    bad_traits +=
        omp_init_allocator(omp_default_mem_space, 1, odd) == omp_null_allocator;
    bad_traits += omp_init_allocator(omp_default_mem_space, 1, alone) ==
                  omp_null_allocator;
  }
  EXPECT(threads >= 1);
  EXPECT_EQ(given, BLOCKS);
  EXPECT_EQ(unaligned, 0);
  EXPECT_EQ(refilled, BLOCKS);
  EXPECT_EQ(beyond, 1);
  EXPECT_EQ(chained, 7);
  EXPECT_EQ(bad_traits, 2);
  return expect_failures;
}
