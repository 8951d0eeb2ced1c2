// private and firstprivate variables of for, sections, single and scope belong
// to each thread and leave the original alone; lastprivate works on sections,
// for simd and loop (OpenMP 5.2, 5.4.3 to 5.4.5).
//
// OpenMP 5.2: 5.4.3 private; 5.4.4 firstprivate; 5.4.5 lastprivate
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 32 };

int main(void) {
  int p = 7, f = 100, wrong = 0, last[4] = {-1, -1, -1, -1}, threads = 0;
  int s = -1, v = -1, l = -1, parallel_last = -1;
#pragma omp target map(tofrom : p, f, wrong, last, threads, s, v, l,           \
                           parallel_last)
  {
#pragma omp parallel shared(p, f, wrong, threads, s, v, l)
    {
      int me = omp_get_thread_num(), bad = 0;
      if (me == 0)
        threads = omp_get_num_threads();
#pragma omp for private(p) firstprivate(f) schedule(static, 1)
      for (int i = 0; i < N; i++) {
        p = i;
        f += 1;
#pragma omp atomic update // others run here
        last[0] += 0;
        bad += p != i || f > 100 + N || f <= 100;
      }
#pragma omp sections private(p) firstprivate(f) lastprivate(s)
      {
#pragma omp section
        {
          p = 1, f++, s = 10;
          bad += p != 1 || f < 101;
        }
#pragma omp section
        {
          p = 2, f++, s = 20;
          bad += p != 2 || f < 101;
        }
      }
#pragma omp single private(p) firstprivate(f)
      {
        p = f + 5;
        bad += p != 105;
      }
#pragma omp scope private(p)
      {
        p = me;
#pragma omp atomic update
        last[0] += 0;
        bad += p != me;
      }
#pragma omp for simd lastprivate(v)
      for (int i = 0; i < N; i++)
        v = 3 * i;
#pragma omp loop lastprivate(l)
      for (l = 0; l < N; l++)
        bad += l < 0;
      if (bad) {
#pragma omp atomic
        wrong++;
      }
    }
#pragma omp parallel for lastprivate(parallel_last) schedule(dynamic)
    for (int i = 0; i < N; i++)
      parallel_last = i;
  }
  EXPECT(threads > 1);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(p, 7);
  EXPECT_EQ(f, 100);
  EXPECT_EQ(s, 20);
  EXPECT_EQ(v, 3 * (N - 1));
  EXPECT_EQ(l, N);
  EXPECT_EQ(parallel_last, N - 1);
  return expect_failures;
}
