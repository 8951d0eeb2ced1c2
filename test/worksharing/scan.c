// Inclusive and exclusive scans with an inscan reduction (OpenMP 5.2, 5.6).
//
// OpenMP 5.2: 5.6 scan inclusive; 5.6 scan exclusive
//
// On combined constructs and from 0: clang 22 gives each thread a buffer of its
// own on a plain `for`, and forgets initial values, on the host, too.
//
// RUN: %cc %s -lm -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 70 };

int main(void) {
  int in[N], inclusive[N], exclusive[N], sum = 0, total = 0, thread[N];
  for (int i = 0; i < N; i++)
    in[i] = i * i % 17;
#pragma omp target map(to : in) map(from : inclusive, exclusive, thread)       \
    map(tofrom : sum, total)
  {
#pragma omp parallel for reduction(inscan, + : sum)
    for (int i = 0; i < N; i++) {
      sum += in[i];
      thread[i] = omp_get_thread_num();
#pragma omp scan inclusive(sum)
      inclusive[i] = sum;
    }
#pragma omp parallel for reduction(inscan, + : total)
    for (int i = 0; i < N; i++) {
      exclusive[i] = total;
#pragma omp scan exclusive(total)
      total += in[i];
    }
  }
  int run = 0;
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(exclusive[i], run);
    run += in[i];
    EXPECT_EQ(inclusive[i], run);
  }
  EXPECT_EQ(sum, run);
  EXPECT_EQ(total, run);
  EXPECT(thread[0] != thread[N - 1]);
  return expect_failures;
}
