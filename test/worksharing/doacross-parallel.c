// Iterations without a dependence on each other run at the same time: each
// group of four meets, which needs four threads (OpenMP 5.2, 15.9.6).
//
// OpenMP 5.2: 15.9.6 doacross
//
// RUN: %cc -fopenmp-version=52 %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 32, GROUP = 4 };

int main(void) {
  int met[N / GROUP] = {0}, early = 0, threads = 0, chain = 1;
#pragma omp target map(tofrom : met, early, threads, chain)
#pragma omp parallel num_threads(GROUP)
  {
    if (omp_get_thread_num() == 0)
      threads = omp_get_num_threads();
#pragma omp for ordered(1) schedule(static, 1)
    for (int i = 0; i < N; i++) {
#pragma omp ordered doacross(sink : i - GROUP)
      int all = 0, before = GROUP;
      if (i >= GROUP) {
#pragma omp atomic read
        before = met[i / GROUP - 1];
      }
#pragma omp atomic
      met[i / GROUP]++;
      while (omp_get_num_threads() == GROUP && all < GROUP) {
#pragma omp atomic read
        all = met[i / GROUP];
      }
      if (before != GROUP) {
#pragma omp atomic
        early++;
      }
#pragma omp ordered doacross(source:)
    }
#pragma omp for ordered(1) schedule(static, 1)
    for (int i = 0; i < N; i++) {
#pragma omp ordered doacross(sink : omp_cur_iteration - 1)
      chain = chain * 3 % 10007 + i;
#pragma omp ordered doacross(source : omp_cur_iteration)
    }
  }
  EXPECT_EQ(threads, GROUP);
  EXPECT_EQ(early, 0);
  for (int i = 0; i < N / GROUP; i++)
    EXPECT_EQ(met[i], GROUP);
  int expected = 1;
  for (int i = 0; i < N; i++)
    expected = expected * 3 % 10007 + i;
  EXPECT_EQ(chain, expected);
  return expect_failures;
}
