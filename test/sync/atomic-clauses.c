// The clauses of atomic: memory orders on every kind, compare with fail,
// and requires atomic_default_mem_order (OpenMP 5.2, 8.2.1 and 15.8.1 to
// 15.8.4).
//
// OpenMP 5.2: 8.2.1 atomic_default_mem_order; 15.8.1 memory orders
// OpenMP 5.2: 15.8.3 compare, fail; 15.8.4 atomic
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

#pragma omp requires atomic_default_mem_order(acq_rel)

enum { EACH = 4 };

int main(void) {
  int size = 0, a = 0, b = 0, c = 0, d = 0, won = 0, winners = 0;
  int low = 1000, high = -1;
  double real = 0;
#pragma omp target map(tofrom : size, a, b, c, d, won, winners, low, high, real)
#pragma omp parallel
  {
    int me = omp_get_thread_num();
    if (me == 0)
      size = omp_get_num_threads();
    for (int i = 0; i < EACH; i++) {
      int old, got;
#pragma omp atomic update relaxed
      a++;
#pragma omp atomic update release
      b += 2;
#pragma omp atomic capture acquire
      {
        old = c;
        c += 3;
      }
#pragma omp atomic capture release
      got = d--;
      (void)old, (void)got;
#pragma omp atomic compare seq_cst fail(relaxed)
      if (me + i < low) {
        low = me + i;
      }
#pragma omp atomic compare acq_rel fail(acquire)
      high = me + i > high ? me + i : high;
#pragma omp atomic update seq_cst
      real += 0.5;
    }
    // Exactly one thread changes 0 into something; the others see its number.
    int was = -1;
#pragma omp atomic compare capture acq_rel fail(relaxed)
    {
      was = won;
      if (won == 0) {
        won = me + 1;
      }
    }
    if (was == 0) {
#pragma omp atomic
      winners++;
    }
  }
  EXPECT(size > 1);
  EXPECT_EQ(a, size * EACH);
  EXPECT_EQ(b, 2 * size * EACH);
  EXPECT_EQ(c, 3 * size * EACH);
  EXPECT_EQ(d, -size * EACH);
  EXPECT(won >= 1 && won <= size);
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(low, 0);
  EXPECT_EQ(high, size - 1 + EACH - 1);
  EXPECT_EQ(real * 2, size * EACH);
  return expect_failures;
}
