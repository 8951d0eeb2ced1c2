// Barriers of teams of any size work in turn in one launch
// (OpenMP 5.2, 15.3.1).
//
// OpenMP 5.2: 15.3.1 barrier
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { SIZES = 6, PHASES = 6 };

int main(void) {
  int sizes[SIZES] = {1, 2, 3, 7, 16, 33}, wrong = 0;
#pragma omp target map(to : sizes) map(tofrom : wrong)
  for (int s = 0; s < SIZES; s++) {
    int arrived = 0;
#pragma omp parallel num_threads(sizes[s]) shared(arrived, wrong)
    {
      int n = omp_get_num_threads(), bad = 0;
      for (int p = 1; p <= PHASES; p++) {
#pragma omp atomic
        arrived++;
#pragma omp barrier
        bad += arrived != p * n;
#pragma omp barrier
      }
#pragma omp atomic
      wrong += bad;
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
