// A task with `in` on two locations runs after the tasks that wrote them, and
// the next writer after all readers (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in); 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { ROUNDS = 20 };

int main(void) {
  int a = 0, b = 0, c = 0, sum = 0, wrong = 0;
#pragma omp target map(tofrom : a, b, c, sum, wrong)
#pragma omp parallel
#pragma omp single
  for (int i = 0; i < ROUNDS; i++) {
#pragma omp task depend(out : a) shared(a, b, c)
    a = i + 1;
#pragma omp task depend(in : a) depend(out : b) shared(a, b)
    b = 10 * a;
#pragma omp task depend(in : a) depend(out : c) shared(a, c)
    c = 100 * a;
#pragma omp task depend(in : b, c) shared(b, c, sum, wrong)
    {
      if (b + c != 110 * (i + 1)) {
#pragma omp atomic
        wrong++;
      }
#pragma omp atomic
      sum++;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(sum, ROUNDS);
  EXPECT_EQ(b + c, 110 * ROUNDS);
  return expect_failures;
}
