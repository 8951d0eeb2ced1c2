// Tasks with `in` on a location run at once; they begin after the last writer
// and end before the next (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in)
//
// Two readers wait for each other, if there is a second thread to run one.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 12 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  {
    int x = 0, here[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      int readers = omp_get_num_threads() > 1 ? 2 : 1;
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
#pragma omp task depend(in : x) shared(x, here, wrong)
          {
            if (x != i) {
#pragma omp atomic
              wrong++;
            }
#pragma omp atomic
            here[i]++;
            int now;
            do {
#pragma omp taskyield
#pragma omp atomic read
              now = here[i];
            } while (now < readers);
          }
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
