// Reductions over all threads of a league (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 3000 };

int main(void) {
  double sum = 1;
  int most = -1, bits = 0;
  long product = 1;
  short small = 5;
#pragma omp target teams distribute parallel for reduction(+ : sum, small)     \
    reduction(max : most) reduction(| : bits) reduction(* : product)
  for (int i = 0; i < N; i++) {
    sum += i;
    small += 1;
    most = i > most ? i : most;
    bits |= 1 << i % 30;
    if (i % 500 == 7)
      product *= 3;
  }
  EXPECT_EQ(sum, 1 + (double)N * (N - 1) / 2);
  EXPECT_EQ(small, 5 + N);
  EXPECT_EQ(most, N - 1);
  EXPECT_EQ(bits, (1 << 30) - 1);
  EXPECT_EQ(product, 729);
  return expect_failures;
}
