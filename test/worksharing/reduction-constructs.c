// Every construct that takes part in a team's reduction combines with the
// original exactly once: parallel, for, for simd, sections, scope, loop, also
// with nowait, in a serial team, in a team inside a team and where a thread has
// no iteration (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on parallel; 5.5.8 reduction on for
// OpenMP 5.2: 5.5.8 reduction on sections; 5.5.8 reduction on scope
// OpenMP 5.2: 5.5.8 reduction on simd; 5.5.8 reduction on loop
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40 };

int main(void) {
  int size = 0, simd = 5, parallel_simd = 7, section = 1, scope = 0, loop = 2;
  int serial = 3, inner = 0, single_lane = 1, few = 10, none = 6, low = 99;
  int second = 0; // the size of the second team, which may be larger
  long chained[4] = {0};
#pragma omp target map(tofrom : size, simd, parallel_simd, section, scope)     \
    map(tofrom : loop, serial, inner, single_lane, few, none, low, chained)    \
    map(tofrom : second)
  {
#pragma omp parallel reduction(+ : size, inner)
    {
      size++;
#pragma omp parallel reduction(+ : inner) num_threads(3)
      inner += 6 / omp_get_num_threads(); // 1, 2 or 3 of them
#pragma omp parallel for reduction(+ : inner)
      for (int i = 0; i < 5; i++)
        inner += 10;
    }
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        second = omp_get_num_threads();
#pragma omp for simd reduction(+ : simd) nowait
      for (int i = 0; i < N; i++)
        simd += i;
#pragma omp sections reduction(+ : section) nowait
      {
#pragma omp section
        section += 10;
#pragma omp section
        section += 100;
      }
#pragma omp scope reduction(+ : scope) reduction(min : low) nowait
      {
        scope++;
        low = omp_get_thread_num() + 4;
      }
#pragma omp loop reduction(+ : loop)
      for (int i = 0; i < N; i++)
        loop += i;
      // Fewer iterations than threads, and none.
#pragma omp for reduction(+ : few)
      for (int i = 0; i < 2; i++)
        few += 5;
#pragma omp for reduction(+ : none)
      for (int i = 0; i < 0; i++)
        none++;
      // Each loop needs the result of the one before.
      for (int k = 0; k < 4; k++) {
        long before = k ? chained[k - 1] : 1;
#pragma omp for reduction(+ : chained[ : 4])
        for (int i = 0; i < 3; i++)
          chained[k] += before;
      }
    }
#pragma omp parallel for simd reduction(+ : parallel_simd)
    for (int i = 0; i < N; i++)
      parallel_simd += i;
#pragma omp parallel for reduction(+ : serial) if (0)
    for (int i = 0; i < N; i++)
      serial += i;
#pragma omp simd reduction(* : single_lane)
    for (int i = 0; i < 5; i++)
      single_lane *= i + 1;
  }
  int total = N * (N - 1) / 2;
  EXPECT(size >= 1);
  EXPECT_EQ(inner, size * (6 + 50));
  EXPECT_EQ(simd, 5 + total);
  EXPECT_EQ(parallel_simd, 7 + total);
  EXPECT_EQ(section, 111);
  EXPECT_EQ(scope, second);
  EXPECT_EQ(low, 4);
  EXPECT_EQ(loop, 2 + total);
  EXPECT_EQ(serial, 3 + total);
  EXPECT_EQ(single_lane, 120);
  EXPECT_EQ(few, 20);
  EXPECT_EQ(none, 6);
  EXPECT_EQ(chained[0], 3);
  EXPECT_EQ(chained[3], 81);
  return expect_failures;
}
