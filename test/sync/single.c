// One thread runs each single region, the others wait at its end unless it has
// nowait (OpenMP 5.2, 11.1).
//
// OpenMP 5.2: 11.1 single; 15.6 nowait
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe
// RUN: env HEDDLE_EMU_WARPS=13 %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { REGIONS = 12 };

int main(void) {
  int runs[REGIONS] = {0}, nowait_runs[REGIONS] = {0}, early = 0;
#pragma omp target map(tofrom : runs, nowait_runs, early)
  {
#pragma omp parallel shared(runs, nowait_runs, early)
    for (int i = 0; i < REGIONS; i++) {
#pragma omp single
      runs[i]++;
      if (runs[i] != 1) {
#pragma omp atomic
        early++;
      }
#pragma omp single nowait
      nowait_runs[i]++;
    }
  }
  EXPECT_EQ(early, 0);
  for (int i = 0; i < REGIONS; i++) {
    EXPECT_EQ(runs[i], 1);
    EXPECT_EQ(nowait_runs[i], 1);
  }
  return expect_failures;
}
