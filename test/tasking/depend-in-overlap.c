// Tasks with `in` on a location run at once; they begin after the last writer
// and end before the next (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in)
//
//
//
//
//
// Two readers greet each other.  Each waits for the other, but not for ever:
// nobody promises a second thread at the right time.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 12, PATIENCE = 2000 };

int main(void) {
  int met = 0, wrong = 0, threads = 0;
#pragma omp target map(tofrom : met, wrong) map(from : threads)
  {
    int x = 0, here[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int i = 0; i < ROUNDS; i++) {
#pragma omp task depend(out : x) shared(x, here, wrong)
        {
          if (i > 0 && here[i - 1] != 2) {
#pragma omp atomic
            wrong++;
          }
          x = i;
        }
        for (int k = 0; k < 2; k++) {
#pragma omp task depend(in : x) shared(x, here, met, wrong)
          {
            if (x != i) {
#pragma omp atomic
              wrong++;
            }
#pragma omp atomic
            here[i]++;
            int now = 0;
            for (int p = 0; p < PATIENCE && now < 2; p++) {
#pragma omp atomic read
              now = here[i];
            }
            if (k == 0 && now == 2) {
#pragma omp atomic
              met++;
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT(met > 0 || threads < 2);
  return expect_failures;
}
