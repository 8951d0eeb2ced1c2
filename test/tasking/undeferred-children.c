// An undeferred task can create deferred children; a taskwait in it waits for
// them (OpenMP 5.2, 12.5).
//
// OpenMP 5.2: 3.4 if
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

int main(void) {
  int inside = -1, after = -1;
#pragma omp target map(from : inside, after)
  {
    int count = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(count, inside) if (0)
      {
        for (int i = 0; i < 16; i++) {
#pragma omp task shared(count)
          {
#pragma omp atomic
            count++;
          }
        }
#pragma omp taskwait
#pragma omp atomic read
        inside = count;
      }
#pragma omp atomic read
      after = count;
    }
  }
  EXPECT_EQ(inside, 16);
  EXPECT_EQ(after, 16);
  return expect_failures;
}
