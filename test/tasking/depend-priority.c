// Tasks with a priority that one task releases together go to the list of those,
// all of them, so that the thread that released them has none to give away (OpenMP
// 5.2, 12.4 and 15.9.5).
//
// OpenMP 5.2: 12.4 priority
//
// RUN: %cc %s -o %exe
// RUN: env OMP_MAX_TASK_PRIORITY=5 %seeds %exe

#include "../expect.h"

enum { ROUNDS = 20, READERS = 4 };

int main(void) {
  int sum = 0, x = 0;
#pragma omp target map(tofrom : sum, x)
#pragma omp parallel
#pragma omp single
  for (int round = 0; round < ROUNDS; round++) {
#pragma omp task depend(out : x) shared(x)
    x++;
    for (int i = 0; i < READERS; i++) {
#pragma omp task depend(in : x) priority(3) shared(sum, x)
      {
#pragma omp atomic
        sum += x;
      }
    }
  }
  EXPECT_EQ(x, ROUNDS);
  EXPECT_EQ(sum, READERS * ROUNDS * (ROUNDS + 1) / 2);
  return expect_failures;
}
