// Variables that threads share, in functions that have several and use them on
// some paths only, are where they should be (OpenMP 5.2, 5.1.1).
//
// OpenMP 5.2: 5.1.1 sharing of locals with tasks
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

#pragma omp begin declare target
static long below(int n) {
  long left = 0, right = 0;
  if (n < 2)
    return n;
#pragma omp task shared(left)
  left = below(n - 1);
#pragma omp task shared(right)
  right = below(n - 2);
#pragma omp taskwait
  return left + right;
}

// The shared variable outlives the branch that shares it.
static int later(int n) {
  int value = n;
  if (n & 1) {
#pragma omp task shared(value)
    value += 100;
  }
  int row[20];
  for (int i = 0; i <= n; i++)
    row[i] = i;
  int *first = row;
  int got = 0;
#pragma omp task shared(got) firstprivate(first, n)
  for (int i = 0; i <= n; i++)
    got += first[i];
#pragma omp taskwait
  return value * 1000 + got;
}
#pragma omp end declare target

int main(void) {
  long fib = 0;
  int wrong = 0;
#pragma omp target map(tofrom : fib, wrong)
#pragma omp parallel
#pragma omp single
  {
    fib = below(12);
    for (int n = 0; n < 20; n++)
      if (later(n) != (n + (n & 1) * 100) * 1000 + n * (n + 1) / 2)
        wrong++;
  }
  EXPECT_EQ(fib, 144);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
