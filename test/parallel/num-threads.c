// num_threads(n) gives a team of n threads when that many are free; a team of
// any size, odd ones too, starts and ends (OpenMP 5.2, 10.1.2).
//
// OpenMP 5.2: 10.1.2 num_threads
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { SIZES = 6, TRIES = 500 };

int main(void) {
  int wanted[SIZES] = {1, 2, 3, 5, 31, 1}, got[SIZES], ran[SIZES], maximum = 0;
#pragma omp target map(to : wanted) map(from : got, ran, maximum)
  {
    maximum = omp_get_max_threads();
    for (int i = 0; i < SIZES; i++) {
      int most = wanted[i] < maximum ? wanted[i] : maximum;
      // A team can be smaller only while warps have not arrived.
      for (int t = 0; t < TRIES; t++) {
        int size = 0, count = 0;
#pragma omp parallel num_threads(wanted[i]) shared(size, count)
        {
          if (omp_get_thread_num() == 0)
            size = omp_get_num_threads();
#pragma omp atomic
          count++;
        }
        got[i] = size;
        ran[i] = count;
        if (size >= most)
          break;
      }
    }
  }
  for (int i = 0; i < SIZES; i++) {
    EXPECT(got[i] >= (wanted[i] < maximum ? wanted[i] : maximum));
    EXPECT(got[i] <= wanted[i]);
    EXPECT_EQ(ran[i], got[i]);
  }
  return expect_failures;
}
