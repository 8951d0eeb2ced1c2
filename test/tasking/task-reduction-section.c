// Tasks reduce a matrix, and array sections of constant size through a pointer
// parameter, on taskgroup and taskloop (OpenMP 5.2, 5.5.9).
//
// OpenMP 5.2: 5.5.5 array reductions; 5.5.9 task_reduction
//
// clang 22 gives sections the size of one element on the host.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 50, FIRST = 2, LENGTH = 40, ALL = 44 };

#pragma omp begin declare target
static void fill(long *p) {
#pragma omp taskgroup task_reduction(+ : p[FIRST : LENGTH])
  for (int i = 0; i < N; i++) {
#pragma omp task in_reduction(+ : p[FIRST : LENGTH])
    for (int k = 0; k < LENGTH; k++)
      p[FIRST + k] += k;
  }
#pragma omp taskloop reduction(+ : p[FIRST : LENGTH])
  for (int i = 0; i < N; i++)
    for (int k = 0; k < LENGTH; k++)
      p[FIRST + k] += 1;
}
#pragma omp end declare target

int main(void) {
  long array[ALL] = {0}, matrix[3][8] = {{0}};
#pragma omp target map(tofrom : array, matrix)
  {
#pragma omp parallel
#pragma omp single
    {
      fill(array);
#pragma omp taskgroup task_reduction(+ : matrix)
      for (int i = 0; i < N; i++) {
#pragma omp task in_reduction(+ : matrix)
        {
          matrix[1][i % 8] += i;
          matrix[2][7]++;
        }
      }
    }
  }
  for (int i = 0; i < ALL; i++)
    EXPECT_EQ(array[i],
              i >= FIRST && i < FIRST + LENGTH ? N * (i - FIRST + 1) : 0);
  for (int i = 0; i < 8; i++) {
    long sum = 0;
    for (int k = i; k < N; k += 8)
      sum += k;
    EXPECT_EQ(matrix[0][i], 0);
    EXPECT_EQ(matrix[1][i], sum);
    EXPECT_EQ(matrix[2][i], i == 7 ? N : 0);
  }
  return expect_failures;
}
