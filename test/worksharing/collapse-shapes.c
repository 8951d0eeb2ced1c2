// collapse of loops with other types, steps and directions, of triangles and
// trapezoids with a dynamic schedule, of three loops that depend on each other,
// and of more than the associated ones (OpenMP 5.2, 4.4.1 to 4.4.3).
//
// OpenMP 5.2: 4.4.1 non-rectangular loops; 4.4.3 collapse
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { T = 6 };

static int steps[20][20], upper[T][T], band[T][3 * T], pyramid[T][T][T];
static int inner[T][T], threads;

int main(void) {
#pragma omp target map(tofrom : steps, upper, band, pyramid, inner, threads)
#pragma omp parallel
  {
    if (omp_get_thread_num() == 0)
      threads = omp_get_num_threads();
#pragma omp for collapse(2) schedule(guided)
    for (unsigned char i = 1; i < 20; i += 4)
      for (long j = 19; j > 2; j -= 3)
        steps[i][j]++;
#pragma omp for collapse(2) schedule(dynamic, 2)
    for (int i = 0; i < T; i++)
      for (int j = i; j < T; j++)
        upper[i][j]++;
#pragma omp for collapse(2) schedule(static, 3)
    for (int i = 0; i < T; i++)
      for (int j = 2 * i; j < i + T; j++)
        band[i][j]++;
#pragma omp for collapse(3) schedule(dynamic)
    for (int i = 0; i < T; i++)
      for (int j = i; j < T; j++)
        for (int k = 0; k < 3; k++)
          pyramid[i][j][k]++;
    // The inner loop is each thread's own.
#pragma omp for collapse(1)
    for (int i = 0; i < T; i++)
      for (int j = 0; j < T; j++)
        inner[i][j]++;
  }
  EXPECT(threads > 1);
  for (int i = 0; i < 20; i++)
    for (int j = 0; j < 20; j++)
      EXPECT_EQ(steps[i][j], i % 4 == 1 && j > 2 && j % 3 == 1);
  for (int i = 0; i < T; i++) {
    for (int j = 0; j < T; j++) {
      EXPECT_EQ(upper[i][j], j >= i);
      EXPECT_EQ(inner[i][j], 1);
      for (int k = 0; k < T; k++)
        EXPECT_EQ(pyramid[i][j][k], j >= i && k < 3);
    }
    for (int j = 0; j < 3 * T; j++)
      EXPECT_EQ(band[i][j], j >= 2 * i && j < i + T);
  }
  return expect_failures;
}
