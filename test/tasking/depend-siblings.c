// Only siblings depend on each other: a task does not wait for the children of
// the one before it, nor do children of different parents (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in)
//
// All stands still if one waits that must not.  A child on `x` is complete only
// when the child of the next parent has run, which is created after the aunt of
// the first.  A parent awaits its children on `inner` and `y`, and its sister,
// the aunt, waits for it.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 8, CHILDREN = 5 };

int main(void) {
  int wrong = 0, nieces = 0, x = 0, y = 0;
#pragma omp target map(tofrom : wrong, nieces, x)
  {
    omp_event_handle_t event[ROUNDS];
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < ROUNDS; i++) {
#pragma omp task depend(inout : x, y) shared(x, y, event, nieces, wrong)
      {
        int inner = 0;
        omp_event_handle_t mine;
        x++;
#pragma omp task depend(inout : x) detach(mine) shared(event, nieces)
        {
#pragma omp atomic
          nieces++;
          if (i > 0)
            omp_fulfill_event(event[i - 1]);
        }
        event[i] = mine;
        for (int k = 0; k < CHILDREN; k++) {
#pragma omp task depend(inout : inner, y) shared(inner, wrong)
          {
            if (inner != k) {
#pragma omp atomic
              wrong++;
            }
            inner++;
          }
        }
#pragma omp taskwait depend(in : inner)
        if (inner != CHILDREN) {
#pragma omp atomic
          wrong++;
        }
      }
      // The aunt.
#pragma omp task depend(inout : x, y) shared(x, event)
      {
        x++;
        if (i == ROUNDS - 1)
          omp_fulfill_event(event[i]);
      }
    }
  }
  EXPECT_EQ(x, 2 * ROUNDS);
  EXPECT_EQ(nieces, ROUNDS);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
