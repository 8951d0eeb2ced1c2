// A taskwait and a taskgroup wait for children that themselves wait for their
// dependences (OpenMP 5.2, 15.4 and 15.5).
//
// OpenMP 5.2: 15.4 taskgroup; 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TREES = 6, LINKS = 8 };

int main(void) {
  int after_wait = 0, after_group = 0, at_end = 0;
#pragma omp target map(tofrom : after_wait, after_group, at_end)
#pragma omp parallel
#pragma omp single
  for (int t = 0; t < TREES; t++) {
#pragma omp task shared(after_wait, after_group, at_end)
    {
      int x = 0, y = 0;
      for (int i = 0; i < LINKS; i++) {
#pragma omp task depend(inout : x) shared(x)
        x++;
      }
#pragma omp taskwait
#pragma omp atomic
      after_wait += x;
#pragma omp taskgroup
      {
#pragma omp task shared(y)
        for (int i = 0; i < LINKS; i++) {
#pragma omp task depend(inout : y) shared(y)
          y++;
        }
      }
#pragma omp atomic
      after_group += y;
      // Nobody waits for these but the barrier.
      for (int i = 0; i < LINKS; i++) {
#pragma omp task depend(out : after_group) shared(at_end)
        {
#pragma omp atomic
          at_end++;
        }
      }
    }
  }
  EXPECT_EQ(after_wait, TREES * LINKS);
  EXPECT_EQ(after_group, TREES * LINKS);
  EXPECT_EQ(at_end, TREES * LINKS);
  return expect_failures;
}
