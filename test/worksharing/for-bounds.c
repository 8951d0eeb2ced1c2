// A worksharing loop runs exactly its iterations for any start, end, step and
// type, including none and steps that do not divide (OpenMP 5.2, 11.5).
//
// OpenMP 5.2: 11.5 for
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { SPAN = 400, BASE = 150 };

static int hits[8][SPAN], wanted[8][SPAN];

#define LOOPS(schedule_clause, count)                                          \
  _Pragma(schedule_clause) for (int i = 0; i < 100; i++) count[0][i + BASE]++; \
  _Pragma(schedule_clause) for (int i = -100; i <= 100; i += 7)                \
      count[1][i + BASE]++;                                                    \
  _Pragma(schedule_clause) for (int i = 99; i > -99; i -= 4)                   \
      count[2][i + BASE]++;                                                    \
  _Pragma(schedule_clause) for (unsigned i = 3; i < 250; i += 5)               \
      count[3][i]++;                                                           \
  _Pragma(schedule_clause) for (long long i = 249; i >= -149; i -= 3)          \
      count[4][i + BASE]++;                                                    \
  _Pragma(schedule_clause) for (unsigned long long i = 1ull << 40;             \
                                i < (1ull << 40) + 77; i++)                    \
      count[5][i - (1ull << 40)]++;                                            \
  _Pragma(schedule_clause) for (int i = 5; i < empty_end; i++) count[6][i]++;  \
  _Pragma(schedule_clause) for (int i = 5; i < 6; i++) count[7][i]++;

int main(void) {
  int empty_end = 5;
  LOOPS("clang loop unroll(disable)", wanted)
  for (int schedule = 0; schedule < 4; schedule++) {
    for (int k = 0; k < 8; k++)
      for (int i = 0; i < SPAN; i++)
        hits[k][i] = 0;
#pragma omp target map(tofrom : hits)
    {
#pragma omp parallel shared(hits)
      switch (schedule) {
      case 0:
        LOOPS("omp for", hits)
        break;
      case 1:
        LOOPS("omp for schedule(static, 3) nowait", hits)
        break;
      case 2:
        LOOPS("omp for schedule(dynamic) nowait", hits)
        break;
      default:
        LOOPS("omp for schedule(guided, 2)", hits)
      }
    }
    int same = 1;
    for (int k = 0; k < 8; k++)
      for (int i = 0; i < SPAN; i++)
        same &= hits[k][i] == wanted[k][i];
    EXPECT_EQ(same, 1);
  }
  return expect_failures;
}
