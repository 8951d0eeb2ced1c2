// Reductions by teams of any size give the sum over exactly their members, also
// where blocks combine by groups of groups: sizes around those of blocks and of
// groups of them, one region after the other and with nowait.  Sums of numbers
// that floating point rounds do not depend on the schedule (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe
// RUN: env HEDDLE_EMU_SMS=33 %few-seeds %exe
// RUN: env HEDDLE_EMU_SMS=300 %run %exe
// RUN: env HEDDLE_EMU_SMS=3 HEDDLE_EMU_WARPS=28 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { SIZES = 17, SERIES = 3 };

static const int sizes[SIZES] = {1,  2,  3,  4,  5,   7,   8,    16,  17,
                                 64, 65, 68, 69, 132, 260, 1100, 5000};

int main(void) {
  int wrong = 0, unequal = 0;
#pragma omp target map(tofrom : wrong, unequal) map(to : sizes)
  for (int k = 0; k < SIZES; k++) {
    double rounded[2];
    for (int again = 0; again < 2; again++) {
      long members = 0, sum = 0, series[SERIES] = {0};
      long n = 0;
      double inexact = 0;
#pragma omp parallel num_threads(sizes[k]) reduction(+ : members, inexact)     \
    shared(n, sum, series)
      {
        long me = omp_get_thread_num();
        if (me == 0)
          n = omp_get_num_threads();
        members += 1 + me;
        inexact += 1.0 / (double)(3 + 7 * me);
#pragma omp scope reduction(+ : sum) nowait
        sum += me * me;
#pragma omp scope reduction(+ : series[0 : 1]) nowait
        series[0] += me;
#pragma omp scope reduction(+ : series[1 : 1]) nowait
        series[1] += 2 * me;
#pragma omp scope reduction(+ : series[2 : 1])
        series[2] += 3 * me;
      }
      wrong +=
          members != n * (n + 1) / 2 || sum != (n - 1) * n * (2 * n - 1) / 6;
      for (int i = 0; i < SERIES; i++)
        wrong += series[i] != (i + 1) * n * (n - 1) / 2;
      rounded[again] = inexact;
    }
    unequal += rounded[0] != rounded[1];
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(unequal, 0);
  return expect_failures;
}
