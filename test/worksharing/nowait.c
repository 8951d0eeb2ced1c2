// Without nowait the threads wait at the end of a loop, with it they go on
// (OpenMP 5.2, 11.5 and 15.6).
//
// OpenMP 5.2: 15.6 nowait
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 64, ROUNDS = 8 };

int main(void) {
  int wrong = 0;
#pragma omp target map(tofrom : wrong)
  {
    int data[N] = {0};
#pragma omp parallel shared(data, wrong)
    for (int round = 0; round < ROUNDS; round++) {
#pragma omp for schedule(static, 1)
      for (int i = 0; i < N; i++)
        data[i] += i;
      // Another thread wrote these: the barrier at the end orders them.
      int bad = 0;
#pragma omp for schedule(static, 1)
      for (int i = 0; i < N; i++)
        bad += data[N - 1 - i] != (round + 1) * (N - 1 - i);
#pragma omp atomic
      wrong += bad;
      // The same thread wrote these: no barrier is needed.
#pragma omp for schedule(static, 1) nowait
      for (int i = 0; i < N; i++)
        data[i] += 1;
#pragma omp for schedule(static, 1)
      for (int i = 0; i < N; i++)
        data[i] -= 1;
    }
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
