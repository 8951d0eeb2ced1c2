// A task that creates far more children than a thread keeps to itself, and each
// of these in turn: whoever runs them, alone or with some of their siblings, each
// runs once, and is complete after the taskwait of its own parent (OpenMP 5.2,
// 15.5).
//
// OpenMP 5.2: 15.5 taskwait
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { WIDE = 48 };

#pragma omp begin declare target
static int times[WIDE][WIDE], late;

static void family(int i) {
  for (int j = 0; j < WIDE; j++) {
#pragma omp task firstprivate(i, j)
    {
#pragma omp atomic
      times[i][j]++;
    }
  }
#pragma omp taskwait
  for (int j = 0; j < WIDE; j++) {
    int seen;
#pragma omp atomic read
    seen = times[i][j];
    if (seen != 1) {
#pragma omp atomic
      late++;
    }
  }
}
#pragma omp end declare target

int main(void) {
  int seen = -1, once = 0;
#pragma omp target map(tofrom : once) map(from : seen)
  {
    late = 0;
    for (int i = 0; i < WIDE * WIDE; i++)
      times[i / WIDE][i % WIDE] = 0;
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < WIDE; i++) {
#pragma omp task firstprivate(i)
      family(i);
    }
    for (int i = 0; i < WIDE; i++)
      for (int j = 0; j < WIDE; j++)
        once += times[i][j] == 1;
    seen = late;
  }
  EXPECT_EQ(seen, 0);
  EXPECT_EQ(once, WIDE * WIDE);
  return expect_failures;
}
