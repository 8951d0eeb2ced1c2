// Single regions that follow one another without a barrier are each run once, also
// by a team that is in one block and where threads run ahead (OpenMP 5.2, 11.1).
//
// OpenMP 5.2: 11.1 single; 15.6 nowait
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe
// RUN: env HEDDLE_EMU_WARPS=9 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { SINGLES = 8, TEAMS = 5 };

int main(void) {
  int runs[TEAMS][SINGLES] = {0};
#pragma omp target map(tofrom : runs)
  for (int team = 0; team < TEAMS; team++) {
#pragma omp parallel num_threads(2 + 2 * team)
    {
#pragma omp single nowait
      runs[team][0]++;
#pragma omp single nowait
      runs[team][1]++;
#pragma omp single nowait
      runs[team][2]++;
#pragma omp single nowait
      runs[team][3]++;
#pragma omp single
      runs[team][4]++;
#pragma omp single nowait
      runs[team][5]++;
#pragma omp single nowait
      runs[team][6]++;
#pragma omp single
      runs[team][7]++;
    }
  }
  for (int team = 0; team < TEAMS; team++)
    for (int i = 0; i < SINGLES; i++)
      EXPECT_EQ(runs[team][i], 1);
  return expect_failures;
}
