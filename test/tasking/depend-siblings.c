// Only siblings depend on each other: a task does not wait for the children of
// the one before it, nor do children of different parents (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in)
//
//
//
//
//
// The child ends only after its aunt has begun, unless it would keep her thread
// from it; a bounded number of looks keeps the test from insisting.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 8, CHILDREN = 5, PATIENCE = 20000 };

int main(void) {
  int early = 0, wrong = 0, threads = 0, x = 0;
#pragma omp target map(tofrom : early, wrong, x) map(from : threads)
  {
    int begun[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int i = 0; i < ROUNDS; i++) {
#pragma omp task depend(inout : x) shared(x, begun, early, wrong)
        {
          int inner = 0;
          x++;
#pragma omp task depend(inout : x) shared(begun, early)
          {
            int seen = 0;
            for (int p = 0; p < PATIENCE && !seen; p++) {
#pragma omp atomic read
              seen = begun[i];
            }
            if (seen) {
#pragma omp atomic
              early++;
            }
          }
          for (int k = 0; k < CHILDREN; k++) {
#pragma omp task depend(inout : inner) shared(inner, wrong)
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
#pragma omp task depend(inout : x) shared(x, begun)
        {
          x++;
#pragma omp atomic write
          begun[i] = 1;
        }
      }
    }
  }
  EXPECT_EQ(x, 2 * ROUNDS);
  EXPECT_EQ(wrong, 0);
  EXPECT(early > 0 || threads < 2);
  return expect_failures;
}
