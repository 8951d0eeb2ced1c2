// An iteration that names another one in a sink waits until that one has
// executed its source (OpenMP 5.2, 15.9.6).
//
// OpenMP 5.2: 4.4.4 ordered(n); 15.9.6 doacross
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 70, LOOPS = 4 };

int main(void) {
  int x[LOOPS][N], threads = 0, thread[N];
  for (int k = 0; k < LOOPS; k++)
    for (int i = 0; i < N; i++)
      x[k][i] = i;
#pragma omp target map(tofrom : x, threads) map(from : thread)
#pragma omp parallel
  {
    if (omp_get_thread_num() == 0)
      threads = omp_get_num_threads();
    // The first iteration's sink is not in the loop, and so no dependence.
#pragma omp for ordered(1)
    for (int i = 1; i < N; i++) {
      thread[i] = omp_get_thread_num();
#pragma omp ordered depend(sink : i - 1)
      x[0][i] = (x[0][i - 1] * 3 + i) % 10007;
#pragma omp ordered depend(source)
    }
#pragma omp for ordered(1) schedule(dynamic) nowait
    for (long i = 2; i < N; i++) {
#pragma omp ordered depend(sink : i - 1) depend(sink : i - 2)
      x[1][i] = (x[1][i - 1] + 2 * x[1][i - 2]) % 10007;
#pragma omp ordered depend(source)
    }
#pragma omp for ordered(1) schedule(static, 5) nowait
    for (int i = N - 4; i >= 0; i -= 3) {
#pragma omp ordered depend(sink : i + 3)
      x[2][i] = (x[2][i + 3] * 5 + i) % 10007;
#pragma omp ordered depend(source)
    }
#pragma omp for ordered(1) schedule(guided) nowait
    for (unsigned i = N - 1; i > 1; i -= 2) {
#pragma omp ordered depend(sink : i + 2)
      if (i < N - 1)
        x[3][i] = (x[3][i + 2] * 5 + (int)i) % 10007;
#pragma omp ordered depend(source)
    }
  }
  int y[LOOPS][N];
  for (int k = 0; k < LOOPS; k++)
    for (int i = 0; i < N; i++)
      y[k][i] = i;
  for (int i = 1; i < N; i++)
    y[0][i] = (y[0][i - 1] * 3 + i) % 10007;
  for (int i = 2; i < N; i++)
    y[1][i] = (y[1][i - 1] + 2 * y[1][i - 2]) % 10007;
  for (int i = N - 4; i >= 0; i -= 3)
    y[2][i] = (y[2][i + 3] * 5 + i) % 10007;
  for (int i = N - 3; i > 1; i -= 2)
    y[3][i] = (y[3][i + 2] * 5 + i) % 10007;
  for (int k = 0; k < LOOPS; k++)
    for (int i = 0; i < N; i++)
      EXPECT_EQ(x[k][i], y[k][i]);
  EXPECT(threads > 1);
  int others = 0;
  for (int i = 2; i < N; i++)
    others += thread[i] != thread[1];
  EXPECT(others > 0);
  return expect_failures;
}
