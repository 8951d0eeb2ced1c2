// A taskwait with depend and nowait does not wait; later tasks that depend on
// it follow the tasks that it depends on (OpenMP 5.2, 15.5).
//
// OpenMP 5.2: 15.5 taskwait depend
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 6, ROUNDS = 5 };

int main(void) {
  int value[N] = {0}, sum = 0, wrong = 0;
#pragma omp target map(tofrom : value, sum, wrong)
  {
    int gate = 0;
#pragma omp parallel
#pragma omp single
    for (int r = 0; r < ROUNDS; r++) {
      for (int i = 0; i < N; i++) {
#pragma omp task depend(inout : value[i]) shared(value)
        value[i]++;
      }
#pragma omp taskwait depend(iterator(k = 0 : N), in : value[k])                \
    depend(out : gate) nowait
      // Follows the gate, hence all of them.
#pragma omp task depend(inout : gate) shared(value, sum, wrong)
      {
        for (int i = 0; i < N; i++)
          if (value[i] <= r) {
#pragma omp atomic
            wrong++;
          }
#pragma omp atomic
        sum++;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(sum, ROUNDS);
  return expect_failures;
}
