// After a taskwait the results of all children are visible to the task that
// waited (OpenMP 5.2, 15.5 and 15.8.6).
//
// OpenMP 5.2: 15.5 taskwait
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { CHILDREN = 64, ROUNDS = 4 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  {
    int value[CHILDREN];
#pragma omp parallel
#pragma omp single
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < CHILDREN; i++) {
#pragma omp task shared(value)
        value[i] = round * 1000 + i;
      }
#pragma omp taskwait
      for (int i = 0; i < CHILDREN; i++)
        wrong += value[i] != round * 1000 + i;
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
