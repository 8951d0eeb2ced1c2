// Every implicit task has its own default allocator, and begins with that of
// the thread that met the parallel construct (OpenMP 5.2, 2.4, 18.13.4).
//
// OpenMP 5.2: 2.4 control variables
// OpenMP 5.2: 18.13.3 omp_set_default_allocator, omp_get_default_allocator
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int at_first = 0, inherited = 0, kept = 0, nested = 0, threads = 0, full = 0;
  int after = 0;
#pragma omp target map(tofrom : at_first, inherited, kept, nested, threads)    \
    map(tofrom : full, after)
  {
    at_first = omp_get_default_allocator() == omp_default_mem_alloc;
    omp_set_default_allocator(omp_large_cap_mem_alloc);
#pragma omp parallel reduction(+ : inherited, kept, nested, threads)
    {
      threads++;
      inherited += omp_get_default_allocator() == omp_large_cap_mem_alloc;
      omp_allocator_handle_t mine = omp_get_thread_num() % 2
                                        ? omp_const_mem_alloc
                                        : omp_high_bw_mem_alloc;
      omp_set_default_allocator(mine);
#pragma omp barrier
      int inner = 0;
#pragma omp parallel shared(inner)
      {
        inner = omp_get_default_allocator() == mine;
        omp_set_default_allocator(omp_pteam_mem_alloc);
      }
      nested += inner;
      kept += omp_get_default_allocator() == mine;
    }
    after = omp_get_default_allocator() == omp_large_cap_mem_alloc;
    // What takes omp_null_allocator uses it.
    omp_alloctrait_t none[] = {{omp_atk_pool_size, 10},
                               {omp_atk_fallback, omp_atv_null_fb}};
    omp_allocator_handle_t tiny =
        omp_init_allocator(omp_default_mem_space, 2, none);
    omp_set_default_allocator(tiny);
    full = omp_alloc(11, omp_null_allocator) == NULL;
    void *fits = omp_alloc(10, omp_null_allocator);
    full += fits != NULL;
    omp_free(fits, omp_null_allocator);
    omp_destroy_allocator(tiny);
  }
  EXPECT_EQ(at_first, 1);
  EXPECT(threads >= 1);
  EXPECT_EQ(inherited, threads);
  EXPECT_EQ(nested, threads);
  EXPECT_EQ(kept, threads);
  EXPECT_EQ(after, 1);
  EXPECT_EQ(full, 2);
  return expect_failures;
}
