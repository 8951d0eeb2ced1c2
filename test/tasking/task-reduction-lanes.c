// Taskgroups with reductions of a thread, and of the lanes of a region that it
// opens inside, are different ones, though one lane is both (OpenMP 5.2, 5.5.9).
//
// OpenMP 5.2: 5.5.9 task_reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { OUTER = 3, LANES = 4 };

int main(void) {
  long outer[OUTER], inner[OUTER][LANES], threads = -1;
  for (int i = 0; i < OUTER * LANES; i++)
    inner[i / LANES][i % LANES] = -1;
#pragma omp target map(from : outer, threads) map(tofrom : inner)
  {
    threads =
        0; // a region of its own: the launch is not sized for OUTER threads
#pragma omp parallel num_threads(OUTER)
    {
      int me = omp_get_thread_num();
      long x = 100;
#pragma omp taskgroup task_reduction(+ : x)
      {
#pragma omp parallel num_threads(LANES) shared(x, threads)
        {
#pragma omp task in_reduction(+ : x)
          x += 1;
          long many[3] = {0, 0, 0}, product = 2;
#pragma omp taskgroup task_reduction(+ : many) task_reduction(* : product)
          {
#pragma omp task in_reduction(+ : many)
            many[2] += 20;
#pragma omp task in_reduction(* : product)
            product *= 3;
          }
          inner[me][omp_get_thread_num()] =
              many[0] + many[1] + many[2] + product;
#pragma omp masked
          {
#pragma omp atomic write
            threads = omp_get_num_threads();
          }
        }
      }
      outer[me] = x;
    }
  }
  EXPECT_EQ(threads, LANES);
  for (int i = 0; i < OUTER; i++) {
    EXPECT_EQ(outer[i], 100 + LANES);
    for (int l = 0; l < LANES; l++)
      EXPECT_EQ(inner[i][l], 26);
  }
  return expect_failures;
}
