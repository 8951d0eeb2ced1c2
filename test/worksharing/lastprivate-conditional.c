// lastprivate(conditional:) keeps the value of the last iteration that assigned
// one, whoever ran it (OpenMP 5.2, 5.4.5).
//
// OpenMP 5.2: 5.4.5 lastprivate(conditional)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 60 };

int main(void) {
  int in[N], largest = 0, last[3] = {0};
  for (int i = 0; i < N; i++)
    in[i] = i * 7 % 31;
#pragma omp target map(to : in) map(tofrom : last, largest)
#pragma omp parallel
  {
    static int a, b, c;
#pragma omp for lastprivate(conditional : a)
    for (int i = 0; i < N; i++)
      if (in[i] == 4)
        a = 100 + i;
#pragma omp for schedule(dynamic, 3) lastprivate(conditional : b)
    for (int i = N - 1; i >= 0; i--)
      if (in[i] > 20)
        b = i;
#pragma omp sections lastprivate(conditional : c)
    {
      c = 1;
#pragma omp section
      c = 2;
#pragma omp section
      largest = 30;
    }
#pragma omp single
    {
      last[0] = a;
      last[1] = b;
      last[2] = c;
    }
  }
  int expected[2] = {0};
  for (int i = 0; i < N; i++)
    if (in[i] == 4)
      expected[0] = 100 + i;
  for (int i = N - 1; i >= 0; i--)
    if (in[i] > 20)
      expected[1] = i;
  EXPECT_EQ(last[0], expected[0]);
  EXPECT_EQ(last[1], expected[1]);
  EXPECT_EQ(last[2], 2);
  EXPECT_EQ(largest, 30);
  return expect_failures;
}
