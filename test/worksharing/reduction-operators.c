// Reductions combine one private copy per thread with the original for each
// operator and type (OpenMP 5.2, 5.5).
//
// OpenMP 5.2: 5.5.3 reduction operators
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 120 };

int main(void) {
  int sum = 1000, product = 1, low = 77, high = -5, all = 1, any = 0, size = 0;
  int and_bits = -1, or_bits = 0, xor_bits = 0, none = 1;
  double real = 0.5, small = 1e9;
  float single = 0;
  long long wide = 0;
  unsigned char tiny = 0;
  short narrow = 0;
#pragma omp target map(tofrom : sum, product, low, high, all, any, and_bits)   \
    map(tofrom : or_bits, xor_bits, real, small, single, wide, tiny, narrow)   \
    map(tofrom : none, size)
  {
#pragma omp parallel reduction(+ : size)
    size++;
#pragma omp parallel
    {
#pragma omp for reduction(+ : sum, real, single, wide, tiny, narrow)
      for (int i = 0; i < N; i++) {
        sum += i;
        real += 0.25;
        single += 0.5f;
        wide += 1LL << 40;
        tiny++;
        narrow = (short)(narrow - i);
      }
#pragma omp for reduction(* : product) reduction(min : low, small)             \
    reduction(max : high)
      for (int i = 0; i < N; i++) {
        product *= i % 40 == 1 ? 3 : 1;
        low = 50 + (i * 37) % N < low ? 50 + (i * 37) % N : low;
        high = (i * 37) % N > high ? (i * 37) % N : high;
        small = i - 7.5 < small ? i - 7.5 : small;
      }
#pragma omp for reduction(&& : all, none) reduction(|| : any)                  \
    reduction(& : and_bits) reduction(| : or_bits) reduction(^ : xor_bits)
      for (int i = 0; i < N; i++) {
        all = all && i >= 0;
        none = none && i != 57;
        any = any || i == 57;
        and_bits &= ~(1 << (i % 20));
        or_bits |= 1 << (i % 25);
        xor_bits ^= i;
      }
    }
  }
  int x = 0;
  for (int i = 0; i < N; i++)
    x ^= i;
  EXPECT(size >= 1);
  EXPECT_EQ(sum, 1000 + N * (N - 1) / 2);
  EXPECT_EQ(real * 100, 3050);
  EXPECT_EQ(single, N / 2);
  EXPECT_EQ(wide, (1LL << 40) * N);
  EXPECT_EQ(tiny, N);
  EXPECT_EQ(narrow, -N * (N - 1) / 2);
  EXPECT_EQ(product, 27);
  EXPECT_EQ(low, 50);
  EXPECT_EQ(high, N - 1);
  EXPECT_EQ(small * 10, -75);
  EXPECT_EQ(all, 1);
  EXPECT_EQ(none, 0);
  EXPECT_EQ(any, 1);
  EXPECT_EQ(and_bits, ~((1 << 20) - 1));
  EXPECT_EQ(or_bits, (1 << 25) - 1);
  EXPECT_EQ(xor_bits, x);
  return expect_failures;
}
