// An allocator with the fallback omp_atv_abort_fb stops the program when its
// pool is exhausted (OpenMP 5.2, 6.2).
//
// OpenMP 5.2: 6.2 allocators
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
#pragma omp target
  {
    omp_alloctrait_t traits[] = {{omp_atk_pool_size, 64},
                                 {omp_atk_fallback, omp_atv_abort_fb}};
    omp_allocator_handle_t a =
        omp_init_allocator(omp_default_mem_space, 2, traits);
    void *fits = omp_alloc(64, a);
    omp_free(fits, a);
    // CHECK: heddle: error: {{.*}} found no memory for omp_alloc with the fallback omp_atv_abort_fb (65 bytes asked)
    omp_alloc(65, a);
  }
  return 0;
}
