// simd loops with every clause compute what the plain loop does, inside each
// thread, and ordered simd keeps their order (OpenMP 5.2, 5.4.5, 5.4.6, 5.11, 10.4 and 15.10.2).
//
// OpenMP 5.2: 10.4 simd; 5.10 uniform; 5.11 aligned; 7.7 declare simd
// OpenMP 5.2: 15.10.2 ordered simd
//
// clang vectorises nothing for a GPU and would warn.
// RUN: %cc -Wno-pass-failed %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40 };

#pragma omp begin declare target
#pragma omp declare simd uniform(factor) linear(i : 1) notinbranch
static int scaled(int factor, int i) { return factor * i; }
#pragma omp declare simd inbranch simdlen(4)
static int half(int i) { return i / 2; }
#pragma omp end declare target

static int plain[N], order[N];

int main(void) {
  int sum = 0, last = -1, step = 5, scratch = 9, called = 0, place = 0;
  int aligned[N] __attribute__((aligned(64)));
#pragma omp target map(tofrom : plain, order, sum, last, step, scratch,        \
                           called, place) map(from : aligned)
  {
    int *a = aligned;
#pragma omp simd safelen(8) simdlen(4) aligned(a : 64) nontemporal(a)          \
    private(scratch) lastprivate(last) linear(step : 3)                        \
    reduction(+ : sum) if (simd : N > 8) order(concurrent)
    for (int i = 0; i < N; i++) {
      scratch = i * i;
      a[i] = scratch + step;
      step += 3;
      sum += i;
      last = i;
    }
#pragma omp simd collapse(2)
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < N / 4; j++)
        plain[i * (N / 4) + j]++;
#pragma omp simd reduction(+ : called)
    for (int i = 0; i < N; i++)
      called += scaled(3, i) + (i % 2 ? half(i) : 0);
#pragma omp simd
    for (int i = 0; i < N; i++) {
#pragma omp ordered simd
      order[place++] = i;
    }
  }
  EXPECT_EQ(sum, N * (N - 1) / 2);
  EXPECT_EQ(last, N - 1);
  EXPECT_EQ(step, 5 + 3 * N);
  EXPECT_EQ(scratch, 9);
  int expected = 0;
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(aligned[i], i * i + 5 + 3 * i);
    EXPECT_EQ(plain[i], 1);
    EXPECT_EQ(order[i], i);
    expected += 3 * i + (i % 2 ? i / 2 : 0);
  }
  EXPECT_EQ(called, expected);
  return expect_failures;
}
