// omp_all_memory stands for every location: such a task runs after all earlier
// and before all later dependent tasks (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 omp_all_memory
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 8, ROUNDS = 5 };

int main(void) {
  int value[N] = {0}, other = 0, wrong = 0;
#pragma omp target map(tofrom : value, other, wrong)
#pragma omp parallel
#pragma omp single
  for (int r = 0; r < ROUNDS; r++) {
    for (int i = 0; i < N; i++) {
#pragma omp task depend(inout : value[i]) shared(value, other, wrong)
      {
        if (other != r) {
#pragma omp atomic
          wrong++;
        }
        value[i]++;
      }
    }
#pragma omp task depend(inout : omp_all_memory) shared(value, other, wrong)
    {
      for (int i = 0; i < N; i++)
        if (value[i] != r + 1) {
#pragma omp atomic
          wrong++;
        }
      other++;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(other, ROUNDS);
  return expect_failures;
}
