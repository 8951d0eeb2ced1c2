// Tasks with `inoutset` on a location run at once with each other, but after
// all earlier and before all later tasks of another kind (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(inoutset)
//
//
//
//
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 12, SET = 3, PATIENCE = 1000 };

int main(void) {
  int met = 0, wrong = 0, threads = 0;
#pragma omp target map(tofrom : met, wrong) map(from : threads)
  {
    int x = 0, here[ROUNDS] = {0}, read[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int i = 0; i < ROUNDS; i++) {
        for (int k = 0; k < SET; k++) {
#pragma omp task depend(inoutset : x) shared(here, read, met, wrong)
          {
            if (i > 0 && read[i - 1] != 2) {
#pragma omp atomic
              wrong++;
            }
#pragma omp atomic
            here[i]++;
            int now = 0;
            for (int p = 0; p < PATIENCE && now < SET; p++) {
#pragma omp atomic read
              now = here[i];
            }
            if (now > k + 1) {
#pragma omp atomic
              met++;
            }
          }
        }
        for (int k = 0; k < 2; k++) {
#pragma omp task depend(in : x) shared(here, read, wrong)
          {
            if (here[i] != SET) {
#pragma omp atomic
              wrong++;
            }
#pragma omp atomic
            read[i]++;
          }
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT(met > 0 || threads < 2);
  return expect_failures;
}
