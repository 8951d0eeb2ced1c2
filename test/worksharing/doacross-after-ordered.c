// A loop with dependences between iterations that one thread runs, after a region
// whose thread has been in an ordered loop (OpenMP 5.2, 15.9.6).
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40 };

#pragma omp begin declare target
static void chain(int *a) {
#pragma omp for ordered(1)
  for (int i = 1; i < N; i++) {
#pragma omp ordered depend(sink : i - 1)
    a[i] = a[i - 1] + 1;
#pragma omp ordered depend(source)
  }
}
#pragma omp end declare target

int main(void) {
  int a[N] = {0}, order[N], at = 0;
#pragma omp target map(tofrom : a, at) map(from : order)
  {
#pragma omp parallel
#pragma omp for ordered schedule(dynamic, 3)
    for (int i = 0; i < N; i++) {
#pragma omp ordered
      order[at++] = i;
    }
    chain(a);
  }
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(order[i], i);
    EXPECT_EQ(a[i], i);
  }
  return expect_failures;
}
