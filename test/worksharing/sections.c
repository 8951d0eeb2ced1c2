// Each section runs once, in teams smaller and larger than their number, and
// the end is a barrier (OpenMP 5.2, 11.3).
//
// OpenMP 5.2: 11.3 sections
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int runs[2][5] = {{0}}, wrong = 0;
#pragma omp target map(tofrom : runs, wrong)
  for (int k = 0; k < 2; k++) {
#pragma omp parallel num_threads(k ? 2 : 16) shared(runs, wrong)
    {
#pragma omp sections
      {
        runs[k][0]++;
#pragma omp section
        runs[k][1]++;
#pragma omp section
        runs[k][2]++;
#pragma omp section
        runs[k][3]++;
#pragma omp section
        runs[k][4]++;
      }
      int sum = 0;
      for (int i = 0; i < 5; i++)
        sum += runs[k][i];
      if (sum != 5) {
#pragma omp atomic
        wrong++;
      }
    }
  }
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < 5; i++)
      EXPECT_EQ(runs[k][i], 1);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
