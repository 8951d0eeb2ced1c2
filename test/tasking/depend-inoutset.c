// Tasks with `inoutset` on a location run at once with each other, but after
// all earlier and before all later tasks of another kind (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(inoutset)
//
// All tasks of a set, or as many as there are threads, wait for each other.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 12, SET = 3 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  {
    int x = 0, here[ROUNDS] = {0}, read[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      int threads = omp_get_num_threads(), meet = threads < SET ? threads : SET;
      for (int i = 0; i < ROUNDS; i++) {
        for (int k = 0; k < SET; k++) {
#pragma omp task depend(inoutset : x) shared(here, read, wrong)
          {
            if (i > 0 && read[i - 1] != 2) {
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
            } while (now < meet);
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
  return expect_failures;
}
