// lastprivate gives the value of the sequentially last iteration, whichever
// thread ran it (OpenMP 5.2, 5.4.5).
//
// OpenMP 5.2: 5.4.5 lastprivate
//
// On the host libomp 22 loses the value of the dynamic loop now and then.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 97 };

int main(void) {
  int last[4] = {-1, -1, -1, -1};
#pragma omp target map(tofrom : last)
  {
    int a = -1, b = -1, c = -1, d = -1;
#pragma omp parallel shared(a, b, c, d)
    {
#pragma omp for lastprivate(a)
      for (int i = 0; i < N; i++)
        a = i;
#pragma omp for lastprivate(b) schedule(dynamic, 3)
      for (int i = 0; i < N; i++)
        b = i * 2;
#pragma omp for lastprivate(c) schedule(guided)
      for (int i = 0; i < N; i++)
        c = i * 3;
#pragma omp sections lastprivate(d)
      {
#pragma omp section
        d = 1;
#pragma omp section
        d = 2;
#pragma omp section
        d = 3;
      }
    }
    last[0] = a;
    last[1] = b;
    last[2] = c;
    last[3] = d;
  }
  EXPECT_EQ(last[0], N - 1);
  EXPECT_EQ(last[1], 2 * (N - 1));
  EXPECT_EQ(last[2], 3 * (N - 1));
  EXPECT_EQ(last[3], 3);
  return expect_failures;
}
