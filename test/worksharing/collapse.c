// collapse makes one iteration space of nested loops, also of a triangle
// (OpenMP 5.2, 4.4.3).
//
// OpenMP 5.2: 4.4.1 non-rectangular loops; 4.4.3 collapse
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { A = 7, B = 11, C = 3, T = 12 };

static int cube[A][B][C], triangle[T][T];

int main(void) {
#pragma omp target map(tofrom : cube, triangle)
  {
#pragma omp parallel shared(cube, triangle)
    {
#pragma omp for collapse(3) schedule(dynamic, 5)
      for (int a = 0; a < A; a++)
        for (int b = 0; b < B; b++)
          for (int c = 0; c < C; c++)
            cube[a][b][c]++;
#pragma omp for collapse(2)
      for (int i = 0; i < T; i++)
        for (int j = 0; j <= i; j++)
          triangle[i][j]++;
    }
  }
  int once = 0;
  for (int i = 0; i < A * B * C; i++)
    once += ((int *)cube)[i] == 1;
  EXPECT_EQ(once, A * B * C);
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++)
      EXPECT_EQ(triangle[i][j], j <= i);
  return expect_failures;
}
