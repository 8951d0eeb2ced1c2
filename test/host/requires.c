// requires with unified_address and dynamic_allocators, and the assumption
// directives, are accepted; allocators work in a target region without
// uses_allocators (OpenMP 5.2, 8.2 and 8.3).
//
// OpenMP 5.2: 8.2.1 dynamic_allocators; 8.2.1 unified_address
// OpenMP 5.2: 8.3 assume, assumes
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

#pragma omp requires unified_address
#pragma omp requires dynamic_allocators
#pragma omp assumes no_openmp_routines
#pragma omp begin assumes absent(teams)
static int inside(int x) { return x + 1; }
#pragma omp end assumes

int main(void) {
  int got = 0, device = omp_get_default_device();
  int *p = omp_target_alloc(sizeof *p, device);
  // Device addresses are addresses: no is_device_ptr.
#pragma omp target map(tofrom : got)
  {
    *p = 4;
    int *q = omp_alloc(sizeof *q, omp_default_mem_alloc);
#pragma omp assume holds(q != 0)
    *q = inside(*p);
    got = *q;
    omp_free(q, omp_default_mem_alloc);
  }
  EXPECT_EQ(got, 5);
  omp_target_free(p, device);
  return expect_failures;
}
