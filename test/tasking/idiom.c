// A task that shares a variable of the block that creates it writes that very
// variable, also when the block is inline in a target region and the variable
// therefore starts in local memory (OpenMP 5.2, 12.5 and 5.1.1; design 4.2).
//
// OpenMP 5.2: 5.1.1 sharing of locals with tasks; 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

int main(void) {
  int sum = -1, product = -1;
#pragma omp target map(from : sum, product)
  {
#pragma omp parallel
    {
#pragma omp single
      {
        int x = 20, y = 21;
#pragma omp task shared(x)
        x += 22;
#pragma omp task shared(y)
        y *= 2;
#pragma omp taskwait
        sum = x;
        product = y;
      }
    }
  }
  EXPECT_EQ(sum, 42);
  EXPECT_EQ(product, 42);
  return expect_failures;
}
