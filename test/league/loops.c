// The combined loop constructs of a league: collapse, simd, loop, bounds of all
// sorts and privatisation (OpenMP 5.2, 11.6, 11.7, 17.4).
//
// OpenMP 5.2: 11.6 distribute; 11.7.1 bind(teams); 17.3 combined constructs
//
// RUN: %cc -Wno-pass-failed %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <limits.h>
#include <omp.h>

enum { N = 37, M = 11 };

int main(void) {
  static int a[N][M], b[N], c[N], d[N], e[N * M], f[N];
  int first = 3, order = 0, p = 99;
  unsigned long far = 0;
  unsigned top = 0;
  signed char step = 0;
#pragma omp target teams distribute parallel for collapse(2) map(tofrom : a)
  for (int i = 0; i < N; i++)
    for (int j = 0; j < M; j++)
      a[i][j] += i * 100 + j;
#pragma omp target teams distribute parallel for simd firstprivate(first)      \
    map(tofrom : b)
  for (int i = 0; i < N; i++) {
    first += i;
    b[i] += first >= 3 + i;
  }
#pragma omp target teams distribute simd map(tofrom : c)
  for (int i = 0; i < N; i++)
    c[i] += i;
#pragma omp target teams loop map(tofrom : d)
  for (int i = N - 1; i >= 0; i--)
    d[i] += i;
#pragma omp target teams map(tofrom : e)
  {
#pragma omp loop bind(teams)
    for (int i = 0; i < N; i++) {
#pragma omp parallel for
      for (int j = 0; j < M; j++)
        e[i * M + j] += i + j;
    }
  }
#pragma omp target teams distribute parallel for private(p) map(tofrom : f)    \
    num_teams(3) dist_schedule(static, 5) schedule(static, 2) thread_limit(32)
  for (int i = 0; i < N; i++) {
    p = i;
    f[i] += p;
  }
#pragma omp target teams distribute parallel for reduction(+ : far)            \
    map(tofrom : top)
  for (unsigned long i = ULONG_MAX - 10; i < ULONG_MAX; i++) {
    far++;
    if (i == ULONG_MAX - 1)
      top = 1;
  }
#pragma omp target teams distribute parallel for reduction(+ : order)
  for (int i = INT_MIN; i < INT_MIN + 300; i += 7)
    order++;
#pragma omp target teams distribute parallel for reduction(+ : step)
  for (unsigned i = UINT_MAX - 1; i > UINT_MAX - 200; i -= 3)
    step++;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < M; j++) {
      EXPECT_EQ(a[i][j], i * 100 + j);
      EXPECT_EQ(e[i * M + j], i + j);
    }
    EXPECT_EQ(b[i], 1);
    EXPECT_EQ(c[i], i);
    EXPECT_EQ(d[i], i);
    EXPECT_EQ(f[i], i);
  }
  EXPECT_EQ(first, 3);
  EXPECT_EQ(p, 99);
  EXPECT_EQ(far, 10);
  EXPECT_EQ(top, 1);
  EXPECT_EQ(order, 43);
  EXPECT_EQ(step, 67);
  return expect_failures;
}
