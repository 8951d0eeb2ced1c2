// Target regions are tasks of the host: with nowait several are in flight,
// depend orders them among each other and with host tasks, and taskwait and
// taskgroup wait for them; in_reduction lets them take part in a reduction (OpenMP
// 5.2, 5.5.10, 13.8, 15.4 to 15.6 and 15.9.5).
//
// OpenMP 5.2: 5.5.10 in_reduction on target; 13.8 target nowait; 15.4 taskgroup
// OpenMP 5.2: 15.9.5 depend on target
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { REGIONS = 4, STEPS = 3, N = 16 };

static int values[REGIONS];

int main(void) {
  int order = 0, group = 0, waited = 0, reduced = 1;
#pragma omp parallel num_threads(4)
#pragma omp single
  {
    for (int s = 0; s < STEPS; s++)
      for (int r = 0; r < REGIONS; r++) {
        int *value = &values[r];
#pragma omp target nowait depend(inout : value[0]) map(tofrom : value[0 : 1])
        {
          int sum = 0;
#pragma omp parallel for reduction(+ : sum)
          for (int i = 0; i < N; i++)
            sum += i;
          value[0] = 2 * value[0] + sum;
        }
      }
#pragma omp task depend(in : values[0]) depend(in : values[1]) shared(order)
    order = values[0] + values[1];
#pragma omp target nowait depend(in : values[2]) depend(out : waited)          \
    map(to : values[2 : 1]) map(from : waited)
    waited = values[2];
#pragma omp taskwait
#pragma omp taskgroup
    {
#pragma omp target nowait map(tofrom : group)
      group += 1;
#pragma omp target depend(in : group) map(tofrom : order)
      order += 1;
    }
    group *= 10;
    // Each region adds to a copy of its own.
#pragma omp taskgroup task_reduction(+ : reduced)
    {
#pragma omp target in_reduction(+ : reduced) nowait
      reduced += 5;
#pragma omp target in_reduction(+ : reduced) nowait
      reduced += 7;
    }
  }
  int total = N * (N - 1) / 2;
  for (int r = 0; r < REGIONS; r++)
    EXPECT_EQ(values[r], 7 * total);
  EXPECT_EQ(order, 14 * total + 1);
  EXPECT_EQ(waited, 7 * total);
  EXPECT_EQ(group, 10);
  EXPECT_EQ(reduced, 13);
  return expect_failures;
}
