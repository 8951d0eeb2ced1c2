// in_reduction of a variable with static storage duration, in a function that
// does not see the construct that reduces it: the task uses its copy, whole or
// from an array section on (OpenMP 5.2, 5.5.10).
//
// OpenMP 5.2: 5.5.10 in_reduction
//
// clang 22 and libomp get this wrong on the host.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 60 };

#pragma omp begin declare target
static int total, turns, shared_copy;
static long cell[6];
static double real[3];

// A task that stores what it loaded before another thread could run.
static void add(int i) {
#pragma omp task in_reduction(+ : total) in_reduction(+ : cell[2 : 3])         \
    in_reduction(max : real)
  {
    int before = total;
    long first = cell[2], any = cell[2 + i % 3];
#pragma omp atomic
    turns++;
    total = before + i;
    cell[2 + i % 3] = any + 1;
    if (i % 3)
      cell[2] = first + 100;
    real[i % 3] = i > real[i % 3] ? i : real[i % 3];
    shared_copy |= &total == (int *)&cell[2];
  }
}
#pragma omp end declare target

int main(void) {
  int sum = 0, both = 0;
  long cells[6];
  double reals[3];
#pragma omp target map(from : sum, both, cells, reals)
  {
    total = 1000;
    turns = shared_copy = 0;
    for (int i = 0; i < 6; i++)
      cell[i] = i;
    for (int i = 0; i < 3; i++)
      real[i] = -1;
#pragma omp parallel
    {
#pragma omp single
#pragma omp taskgroup task_reduction(+ : total, cell[2 : 3])                   \
    task_reduction(max : real)
      for (int i = 0; i < N; i++)
        add(i);
#pragma omp single
#pragma omp taskloop reduction(+ : total)
      for (int i = 0; i < N; i++)
        total += 1;
    }
    sum = total;
    both = shared_copy;
    for (int i = 0; i < 6; i++)
      cells[i] = cell[i];
    for (int i = 0; i < 3; i++)
      reals[i] = real[i];
  }
  EXPECT_EQ(sum, 1000 + N * (N - 1) / 2 + N);
  EXPECT_EQ(both, 0);
  EXPECT_EQ(cells[0], 0);
  EXPECT_EQ(cells[1], 1);
  EXPECT_EQ(cells[2], 2 + N / 3 + N / 3 * 200);
  EXPECT_EQ(cells[3], 3 + N / 3);
  EXPECT_EQ(cells[4], 4 + N / 3);
  EXPECT_EQ(cells[5], 5);
  for (int i = 0; i < 3; i++)
    EXPECT_EQ(reals[i], N - 3 + i);
  return expect_failures;
}
