// Undeferred tasks keep their dependences too: with if(0), in a final task, and
// with mutexinoutset (OpenMP 5.2, 12.5 and 15.9.5).
//
// OpenMP 5.2: 3.4 if; 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { ROUNDS = 10, TASKS = 4 };

int main(void) {
  int x = 0, sum = 0, wrong = 0, in_final = 0;
#pragma omp target map(tofrom : x, sum, wrong, in_final)
#pragma omp parallel
#pragma omp single
  {
    for (int i = 0; i < ROUNDS; i++) {
#pragma omp task depend(inout : x) shared(x)
      x++;
#pragma omp task depend(inout : x) shared(x, wrong) if (i < 0)
      {
        if (x != 2 * i + 1) {
#pragma omp atomic
          wrong++;
        }
        x++;
      }
      for (int k = 0; k < TASKS; k++) {
#pragma omp task depend(mutexinoutset : sum) shared(sum)
        sum++;
      }
#pragma omp task depend(mutexinoutset : sum) shared(sum) if (i < 0)
      sum++;
    }
#pragma omp task final(1) shared(in_final)
    for (int k = 0; k < TASKS; k++) {
#pragma omp task depend(inout : in_final) shared(in_final)
      in_final++;
#pragma omp taskwait depend(in : in_final)
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(x, 2 * ROUNDS);
  EXPECT_EQ(sum, ROUNDS * (TASKS + 1));
  EXPECT_EQ(in_final, TASKS);
  return expect_failures;
}
