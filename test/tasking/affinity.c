// The affinity clause of a task is a hint: accepted, without effect (OpenMP
// 5.2, 12.5.1).
//
// OpenMP 5.2: 12.5.1 affinity
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { TASKS = 20 };

int main(void) {
  int x[TASKS] = {0};
#pragma omp target map(tofrom : x)
#pragma omp parallel
#pragma omp single
  for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(x) affinity(x[i])
    x[i]++;
  }
  for (int i = 0; i < TASKS; i++)
    EXPECT_EQ(x[i], 1);
  return expect_failures;
}
