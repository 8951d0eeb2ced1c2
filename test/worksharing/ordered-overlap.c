// What follows the ordered region of an iteration runs beside later
// iterations: each of these waits there until the next one has been in its
// region (OpenMP 5.2, 15.10.2).
//
// OpenMP 5.2: 15.10.2 ordered
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40 };

int main(void) {
  int begun = 0, wrong = 0, threads = 0;
#pragma omp target map(tofrom : begun, wrong, threads)
#pragma omp parallel
  {
    int team = omp_get_num_threads();
    if (omp_get_thread_num() == 0)
      threads = team;
#pragma omp for ordered schedule(static, 1)
    for (int i = 0; i < N; i++) {
      int mine;
#pragma omp ordered
      {
#pragma omp atomic capture
        mine = begun++;
      }
      int last = i + 1;
      while (team > 1 && i + 1 < N && last < i + 2) {
#pragma omp atomic read
        last = begun;
      }
      if (mine != i) {
#pragma omp atomic
        wrong++;
      }
    }
  }
  EXPECT(threads > 1);
  EXPECT_EQ(begun, N);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
