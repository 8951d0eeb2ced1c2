// One thread creates far more tasks than any queue holds; none is lost (OpenMP
// 5.2, 12.5).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { TASKS = 20000 };

int main(void) {
  long sum = 0;
#pragma omp target map(tofrom : sum)
  {
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(sum) firstprivate(i)
      {
#pragma omp atomic
        sum += i;
      }
    }
  }
  EXPECT_EQ(sum, (long)TASKS * (TASKS - 1) / 2);
  return expect_failures;
}
