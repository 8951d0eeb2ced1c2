// Combined constructs are their parts one inside the other: parallel with
// sections, masked, master, for simd, and taskloop under masked (OpenMP 5.2,
// 17.3).
//
// OpenMP 5.2: 17.3 combined constructs
//
// clang makes variables of `parallel masked taskloop` firstprivate that no clause
// names, on the host, too; and it vectorises nothing for a GPU and would warn.
// RUN: %cc -Wno-pass-failed %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 24 };

int main(void) {
  int sections[3] = {0}, masked = 0, who = -1, filtered = -1, master = 0;
  int simd[N] = {0}, loops[6][N] = {{0}}, size = 0, sum = 0;
#pragma omp target map(tofrom : sections, masked, who, filtered, master, simd, \
                           loops, size, sum)
  {
#pragma omp parallel sections num_threads(3)
    {
#pragma omp section
      sections[0] += 1;
#pragma omp section
      sections[1] += 2;
#pragma omp section
      sections[2] += 3;
    }
#pragma omp parallel masked
    {
      masked++;
      who = omp_get_thread_num();
      size = omp_get_num_threads();
    }
#pragma omp parallel masked filter(1) num_threads(2)
    filtered = omp_get_thread_num() + omp_get_num_threads();
#pragma omp parallel master
    master++;
#pragma omp parallel for simd schedule(simd : dynamic, 2) reduction(+ : sum)
    for (int i = 0; i < N; i++) {
      simd[i]++;
      sum += i;
    }
#pragma omp parallel
    {
#pragma omp masked taskloop
      for (int i = 0; i < N; i++)
        loops[0][i]++;
#pragma omp master taskloop simd grainsize(4)
      for (int i = 0; i < N; i++)
        loops[1][i]++;
    }
#pragma omp parallel masked taskloop num_tasks(5) shared(loops)
    for (int i = 0; i < N; i++)
      loops[2][i] += omp_get_num_threads() > 1 ? 1 : 1000;
#pragma omp parallel master taskloop reduction(+ : sum) shared(loops)
    for (int i = 0; i < N; i++) {
      loops[3][i]++;
      sum += i;
    }
#pragma omp parallel masked taskloop simd shared(loops)
    for (int i = 0; i < N; i++)
      loops[4][i]++;
#pragma omp parallel loop collapse(2)
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < N / 4; j++)
        loops[5][i * (N / 4) + j]++;
  }
  for (int i = 0; i < 3; i++)
    EXPECT_EQ(sections[i], i + 1);
  EXPECT_EQ(masked, 1);
  EXPECT_EQ(who, 0);
  EXPECT(size > 1);
  EXPECT(filtered == 3 || filtered == -1); // -1: a team of one
  EXPECT_EQ(master, 1);
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(simd[i], 1);
    for (int k = 0; k < 6; k++)
      EXPECT_EQ(loops[k][i], 1);
  }
  EXPECT_EQ(sum, N * (N - 1));
  return expect_failures;
}
