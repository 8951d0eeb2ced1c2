// Array and array-section reductions combine element by element (OpenMP 5.2,
// 5.5.8).
//
// OpenMP 5.2: 5.5.5 array reductions
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 200, BINS = 9 };

int main(void) {
  int histogram[BINS] = {0}, sizes = 0;
  long cell[8] = {0};
#pragma omp target map(tofrom : histogram, cell, sizes)
  {
#pragma omp parallel shared(sizes)
    {
#pragma omp for reduction(+ : histogram)
      for (int i = 0; i < N; i++)
        histogram[i * i % BINS]++;
#pragma omp for reduction(+ : cell[1 : 6])
      for (int i = 0; i < N; i++)
        cell[1 + i % 6] += i;
#pragma omp masked
      sizes = omp_get_num_threads();
    }
  }
  int bins[BINS] = {0};
  long cells[8] = {0};
  for (int i = 0; i < N; i++) {
    bins[i * i % BINS]++;
    cells[1 + i % 6] += i;
  }
  EXPECT(sizes >= 1);
  for (int b = 0; b < BINS; b++)
    EXPECT_EQ(histogram[b], bins[b]);
  for (int i = 0; i < 8; i++)
    EXPECT_EQ(cell[i], cells[i]);
  return expect_failures;
}
