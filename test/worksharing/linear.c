// A linear variable has its value of the sequential loop in every iteration,
// and the last one after it (OpenMP 5.2, 5.4.6).
//
// OpenMP 5.2: 5.4.6 linear
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 50 };

int main(void) {
  int seen[2][N], up = 3, thread[N];
  long down = 1000;
#pragma omp target map(from : seen, thread) map(tofrom : up, down)
#pragma omp parallel
  {
#pragma omp for linear(up : 2)
    for (int i = 0; i < N; i++) {
      seen[0][i] = up;
      thread[i] = omp_get_thread_num();
      up += 2;
    }
#pragma omp for linear(down : -7) schedule(dynamic, 3)
    for (int i = 0; i < N; i++) {
      seen[1][i] = (int)down;
      down -= 7;
    }
  }
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(seen[0][i], 3 + 2 * i);
    EXPECT_EQ(seen[1][i], 1000 - 7 * i);
  }
  EXPECT_EQ(up, 3 + 2 * N);
  EXPECT_EQ(down, 1000 - 7 * N);
  EXPECT(thread[0] != thread[N - 1]);
  return expect_failures;
}
