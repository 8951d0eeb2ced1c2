// Functions called through pointers on the device can hold parallel and task
// constructs (OpenMP 5.2, 7.8).
//
// OpenMP 5.2: 7.8 function pointers
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

#pragma omp begin declare target
typedef int operation(int);
static int twice(int n) { return 2 * n; }
static int by_tasks(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
#pragma omp task shared(sum)
    {
#pragma omp atomic
      sum += 3;
    }
  }
#pragma omp taskwait
  return sum;
}
static int by_threads(int n) {
  int sum = 0;
#pragma omp parallel for reduction(+ : sum)
  for (int i = 0; i < n; i++)
    sum += 4;
  return sum;
}
#pragma omp end declare target

int main(void) {
  int results[3] = {0};
#pragma omp target map(tofrom : results)
  {
    operation *table[3] = {twice, by_tasks, by_threads};
    for (volatile int i = 0; i < 3; i++)
      results[i] = table[i](10);
  }
  EXPECT_EQ(results[0], 20);
  EXPECT_EQ(results[1], 30);
  EXPECT_EQ(results[2], 40);
  return expect_failures;
}
