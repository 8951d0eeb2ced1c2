// Hints change nothing but speed: critical regions, locks and atomics with hints
// exclude each other as without (OpenMP 5.2, 15.1, 15.2, 15.8.4 and 18.9.2).
//
// OpenMP 5.2: 15.1 hints
// OpenMP 5.2: 18.9.2 omp_init_lock_with_hint, omp_init_nest_lock_with_hint
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 4 };

int main(void) {
  int size = 0, in_critical = 0, in_lock = 0, in_nest = 0, added = 0;
#pragma omp target map(tofrom : size, in_critical, in_lock, in_nest, added)
  {
    omp_lock_t lock;
    omp_nest_lock_t nest;
    omp_init_lock_with_hint(&lock, omp_sync_hint_contended);
    omp_init_nest_lock_with_hint(&nest, omp_sync_hint_speculative);
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
#pragma omp critical(hinted) hint(omp_sync_hint_contended)
        in_critical++;
#pragma omp atomic hint(omp_sync_hint_uncontended)
        added++;
        omp_set_lock(&lock);
        in_lock++;
        omp_unset_lock(&lock);
        omp_set_nest_lock(&nest);
        int depth = omp_test_nest_lock(&nest);
        in_nest += depth == 2;
        omp_unset_nest_lock(&nest);
        omp_unset_nest_lock(&nest);
      }
    }
    omp_destroy_lock(&lock);
    omp_destroy_nest_lock(&nest);
  }
  EXPECT(size > 1);
  EXPECT_EQ(in_critical, size * EACH);
  EXPECT_EQ(in_lock, size * EACH);
  EXPECT_EQ(in_nest, size * EACH);
  EXPECT_EQ(added, size * EACH);
  return expect_failures;
}
