// Untied tasks can be recursive and wait for their children; results come back
// through shared variables of the parent (OpenMP 5.2, 12.1).
//
// OpenMP 5.2: 12.1 untied
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

#pragma omp begin declare target
static int fib(int n) {
  if (n < 2)
    return n;
  int a, b;
#pragma omp task untied shared(a)
  a = fib(n - 1);
#pragma omp task untied shared(b)
  b = fib(n - 2);
#pragma omp taskwait
  return a + b;
}
#pragma omp end declare target

int main(void) {
  int result = -1;
#pragma omp target map(from : result)
  {
#pragma omp parallel
#pragma omp single
    result = fib(10);
  }
  EXPECT_EQ(result, 55);
  return expect_failures;
}
