// Sequentially consistent atomics have one order: of two threads that each
// write their flag and then read the other one, one sees the write (OpenMP 5.2,
// 15.8.1).
//
// OpenMP 5.2: 15.8.1 memory orders
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 30 };

int main(void) {
  int neither = 0;
#pragma omp target map(tofrom : neither)
  {
    int flag[2][ROUNDS] = {{0}}, saw[2][ROUNDS] = {{0}};
#pragma omp parallel num_threads(2) shared(flag, saw, neither)
    {
      int me = omp_get_thread_num(), n = omp_get_num_threads();
      for (int i = 0; i < ROUNDS; i++) {
#pragma omp barrier
#pragma omp atomic write seq_cst
        flag[me][i] = 1;
#pragma omp atomic read seq_cst
        saw[me][i] = flag[n - 1 - me][i];
      }
#pragma omp barrier
      if (me == 0)
        for (int i = 0; i < ROUNDS; i++)
          neither += !saw[0][i] && !saw[n - 1][i];
    }
  }
  EXPECT_EQ(neither, 0);
  return expect_failures;
}
