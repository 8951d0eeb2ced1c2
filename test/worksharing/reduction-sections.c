// Reductions on parallel, sections and scope, many in a row and several
// variables at once (OpenMP 5.2, 5.5.8, 11.2).
//
// OpenMP 5.2: 5.5.8 reduction on sections; 5.5.8 reduction on scope
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 5 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  for (int round = 1; round <= ROUNDS; round++) {
    int count = 0, numbers = 0, size = 0, parts = 0, scoped = 100;
    double half = 0;
#pragma omp parallel reduction(+ : count, numbers, half) reduction(max : size) \
    shared(parts, scoped)
    {
      count += 1;
      numbers += omp_get_thread_num();
      half += 0.5;
      size = omp_get_num_threads();
#pragma omp sections reduction(+ : parts)
      {
        parts += round;
#pragma omp section
        parts += 10 * round;
#pragma omp section
        parts += 100 * round;
      }
#pragma omp scope reduction(+ : scoped)
      scoped += 1;
    }
    wrong += count != size || numbers != size * (size - 1) / 2;
    wrong += half * 2 != size;
    wrong += parts != 111 * round;
    wrong += scoped != 100 + size;
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
