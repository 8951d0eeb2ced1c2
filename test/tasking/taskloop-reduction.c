// A taskloop with reduction combines every iteration once with the original at
// its end; with in_reduction its tasks take part in the reduction around it
// (OpenMP 5.2, 12.6, 5.5.9, 5.5.10).
//
// OpenMP 5.2: 5.5.8 reduction on taskloop; 5.5.10 in_reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 150 };

int main(void) {
  int plain = 1000, grain = 0, parts = 2, high = -1, array[5] = {0};
  int outer = 1, both = 0, seen = -1, single = 0;
  float real = 0.5f;
#pragma omp target map(tofrom : plain, grain, parts, high, array, outer)       \
    map(tofrom : both, seen, single, real)
  {
    int turns = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp taskloop reduction(+ : plain, real) reduction(max : high)          \
    shared(turns)
      for (int i = 0; i < N; i++) {
        int before = plain;
#pragma omp atomic
        turns++;
        plain = before + i;
        real += 0.25f;
        high = (i * 37) % N > high ? (i * 37) % N : high;
      }
      seen = plain;
#pragma omp taskloop grainsize(7) reduction(+ : grain, array)
      for (int i = N - 1; i >= 0; i -= 2) {
        grain++;
        array[i % 5]++;
      }
#pragma omp taskloop num_tasks(4) reduction(* : parts)
      for (int i = 0; i < 5; i++)
        parts *= i + 1;
#pragma omp taskgroup task_reduction(+ : outer)
      {
#pragma omp task in_reduction(+ : outer)
        outer += 1000000;
#pragma omp taskloop in_reduction(+ : outer) nogroup grainsize(10)
        for (int i = 0; i < N; i++)
          outer += 10;
#pragma omp taskloop in_reduction(+ : outer) reduction(+ : both) collapse(2)
        for (int i = 0; i < 10; i++)
          for (int k = 0; k < 10; k++) {
            outer += 10000;
            both++;
          }
      }
#pragma omp taskloop reduction(+ : single) if (0)
      for (int i = 0; i < N; i++)
        single += i;
    }
  }
  EXPECT_EQ(seen, 1000 + N * (N - 1) / 2);
  EXPECT_EQ(plain, seen);
  EXPECT_EQ(real * 4, 2 + N);
  EXPECT_EQ(high, N - 1);
  EXPECT_EQ(grain, N / 2);
  int want[5] = {0};
  for (int i = N - 1; i >= 0; i -= 2)
    want[i % 5]++;
  for (int i = 0; i < 5; i++)
    EXPECT_EQ(array[i], want[i]);
  EXPECT_EQ(parts, 2 * 120);
  EXPECT_EQ(outer, 1 + 1000000 + 10 * N + 1000000);
  EXPECT_EQ(both, 100);
  EXPECT_EQ(single, N * (N - 1) / 2);
  return expect_failures;
}
