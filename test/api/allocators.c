// omp_alloc and its relatives give aligned memory of the asked size from every
// predefined allocator, which any thread can use and free; omp_calloc zeroes,
// omp_realloc keeps what was there (OpenMP 5.2, 18.13).
//
// OpenMP 5.2: 6.1 memory spaces
// OpenMP 5.2: 6.2 omp_cgroup_mem_alloc, omp_pteam_mem_alloc, omp_thread_mem_alloc
// OpenMP 5.2: 18.13.5 omp_alloc, omp_aligned_alloc, omp_free
// OpenMP 5.2: 18.13.7 omp_calloc, omp_aligned_calloc, omp_realloc
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdint.h>

enum { MAX_THREADS = 16384 };

int main(void) {
  int wrong = 0, unaligned = 0, unzeroed = 0, lost = 0, nothing = 0;
#pragma omp target map(tofrom : wrong, unaligned, unzeroed, lost, nothing)
  {
    const omp_allocator_handle_t predefined[] = {
        omp_null_allocator,   omp_default_mem_alloc, omp_large_cap_mem_alloc,
        omp_const_mem_alloc,  omp_high_bw_mem_alloc, omp_low_lat_mem_alloc,
        omp_cgroup_mem_alloc, omp_pteam_mem_alloc,   omp_thread_mem_alloc,
    };
    for (unsigned i = 0; i < sizeof predefined / sizeof *predefined; i++) {
      omp_allocator_handle_t from = predefined[i];
      int *p = omp_calloc(25, sizeof *p, from);
      if (!p) {
        wrong++;
        continue;
      }
      unaligned += (uintptr_t)p % 16 != 0;
      for (int k = 0; k < 25; k++) {
        unzeroed += p[k] != 0;
        p[k] = 100 + k;
      }
      int *larger = omp_realloc(p, 1000 * sizeof *p, from, from);
      for (int k = 0; k < 25; k++)
        lost += larger[k] != 100 + k;
      larger[999] = 1;
      int *smaller = omp_realloc(larger, 3 * sizeof *p, omp_null_allocator,
                                 omp_null_allocator);
      for (int k = 0; k < 3; k++)
        lost += smaller[k] != 100 + k;
      omp_free(smaller, omp_null_allocator);
      for (uint64_t align = 1; align <= 4096; align *= 4) {
        char *a = omp_aligned_alloc(align, 2 * align, from);
        char *b = omp_aligned_calloc(align, 3, align, from);
        unaligned += (uintptr_t)a % align != 0 || (uintptr_t)b % align != 0;
        a[0] = a[2 * align - 1] = 7;
        for (uint64_t k = 0; k < 3 * align; k++)
          unzeroed += b[k] != 0;
        wrong += a[0] != 7;
        omp_free(a, from);
        omp_free(b, omp_null_allocator);
      }
    }
    nothing += omp_alloc(0, omp_default_mem_alloc) == NULL;
    nothing += omp_calloc(0, 8, omp_default_mem_alloc) == NULL;
    nothing += omp_calloc(SIZE_MAX / 2, 4, omp_default_mem_alloc) == NULL;
    nothing += omp_alloc(SIZE_MAX - 4, omp_default_mem_alloc) == NULL;
    int *again =
        omp_realloc(NULL, 8, omp_default_mem_alloc, omp_null_allocator);
    nothing += again != NULL;
    nothing +=
        omp_realloc(again, 0, omp_null_allocator, omp_null_allocator) == NULL;
    omp_free(NULL, omp_default_mem_alloc);

    int **block = omp_calloc(MAX_THREADS, sizeof *block, omp_default_mem_alloc);
#pragma omp parallel shared(block, wrong)
    {
      int me = omp_get_thread_num(), n = omp_get_num_threads(), bad = 0;
      block[me] = omp_alloc(40 * sizeof(int), omp_thread_mem_alloc);
      for (int i = 0; i < 40; i++)
        block[me][i] = me * 1000 + i;
#pragma omp barrier
      int other = (me + 1) % n;
      for (int i = 0; i < 40; i++)
        bad += block[other][i] != other * 1000 + i;
      omp_free(block[other], omp_null_allocator);
#pragma omp atomic
      wrong += bad;
    }
    omp_free(block, omp_default_mem_alloc);
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(unaligned, 0);
  EXPECT_EQ(unzeroed, 0);
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(nothing, 6);
  return expect_failures;
}
