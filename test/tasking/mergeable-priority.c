// A mergeable task may or may not have its own data environment, and priority
// is a hint: both clauses are accepted and every task runs once (OpenMP 5.2,
// 12.2 and 12.4).
//
// OpenMP 5.2: 12.2 mergeable
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

int main(void) {
  int count = 0, merged = 0;
#pragma omp target map(tofrom : count, merged)
  {
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < 20; i++) {
#pragma omp task shared(count) priority(i)
      {
#pragma omp atomic
        count++;
      }
#pragma omp task shared(merged) mergeable if (0)
      merged++;
    }
  }
  EXPECT_EQ(count, 20);
  EXPECT_EQ(merged, 20);
  return expect_failures;
}
