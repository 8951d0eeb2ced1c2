// atomic read, write, update and capture, on integers and floating-point
// numbers of 1 to 8 bytes, lose no update (OpenMP 5.2, 15.8.4).
//
// OpenMP 5.2: 15.8.4 atomic; 15.8.3 compare, fail
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 8, MAX_THREADS = 16384 };

static int taken[MAX_THREADS * EACH];

int main(void) {
  int size = 0, sum = 0, ticket = 0, bits = 0, product = 1, swaps = 0;
  int low = 1 << 30, high = -1, claimed = 0, winners = 0;
  long long wide = 0;
  float single = 0;
  double twice = 0;
  unsigned char tiny = 0;
  short small = 0;
#pragma omp target map(tofrom : size, sum, ticket, bits, product, wide,        \
                           single) map(tofrom : twice, tiny, small, taken,     \
                                           low, high, swaps, claimed, winners)
  {
#pragma omp parallel
    {
      int me = omp_get_thread_num();
      if (me == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
#pragma omp atomic
        sum += i;
#pragma omp atomic update
        wide -= 1LL << 33;
#pragma omp atomic
        single += 0.5f;
#pragma omp atomic
        twice = twice + 0.25;
#pragma omp atomic
        tiny++;
#pragma omp atomic
        small -= 2;
#pragma omp atomic
        bits |= 1 << i;
#pragma omp atomic
        product *= -1;
        int mine;
#pragma omp atomic capture
        {
          mine = ticket;
          ticket++;
        }
        taken[mine]++;
        int old;
#pragma omp atomic capture
        {
          old = swaps;
          swaps = me;
        }
        (void)old;
#pragma omp atomic compare
        if (me < low) {
          low = me;
        }
#pragma omp atomic compare
        if (me > high) {
          high = me;
        }
      }
      int won;
#pragma omp atomic compare capture
      {
        won = claimed == 0;
        if (won) {
          claimed = me + 1;
        }
      }
      if (won) {
#pragma omp atomic
        winners++;
      }
    }
  }
  int n = size * EACH;
  EXPECT_EQ(sum, size * EACH * (EACH - 1) / 2);
  EXPECT_EQ(wide, -(1LL << 33) * n);
  EXPECT_EQ(single * 2, n);
  EXPECT_EQ(twice * 4, n);
  EXPECT_EQ(tiny, (unsigned char)n);
  EXPECT_EQ(small, (short)(-2 * n));
  EXPECT_EQ(bits, (1 << EACH) - 1);
  EXPECT_EQ(product, 1);
  EXPECT_EQ(ticket, n);
  int once = 0;
  for (int i = 0; i < n; i++)
    once += taken[i] == 1;
  EXPECT_EQ(once, n);
  EXPECT(swaps >= 0 && swaps < size);
  EXPECT_EQ(low, 0);
  EXPECT_EQ(high, size - 1);
  EXPECT_EQ(winners, 1);
  EXPECT(claimed >= 1 && claimed <= size);
  return expect_failures;
}
