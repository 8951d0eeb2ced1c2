// A function called from a task creates tasks that belong to that task (OpenMP
// 5.2, 12.5): nested fib by tasks, no cutoff.
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

#pragma omp begin declare target
static int fib(int n) {
  if (n < 2)
    return n;
  int a, b;
#pragma omp task shared(a)
  a = fib(n - 1);
#pragma omp task shared(b)
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
    result = fib(13);
  }
  EXPECT_EQ(result, 233);
  return expect_failures;
}
