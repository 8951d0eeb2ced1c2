// Tasks with `inout` on one location run one after the other, in the order in
// which they were created, and each sees what the one before did (OpenMP 5.2,
// 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { LINKS = 60, CHAINS = 3 };

int main(void) {
  int value[CHAINS] = {0}, wrong = 0;
#pragma omp target map(tofrom : value, wrong)
#pragma omp parallel
#pragma omp single
  for (int i = 0; i < LINKS; i++)
    for (int c = 0; c < CHAINS; c++) {
#pragma omp task depend(inout : value[c]) shared(value, wrong)
      {
        if (value[c] != i) {
#pragma omp atomic
          wrong++;
        }
        value[c]++;
      }
    }
  EXPECT_EQ(wrong, 0);
  for (int c = 0; c < CHAINS; c++)
    EXPECT_EQ(value[c], LINKS);
  return expect_failures;
}
