// A parallel region inside a parallel region runs on every thread, each with a
// team of its own (OpenMP 5.2, 10.1).
//
// OpenMP 5.2: 10.1 nested parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MAX_THREADS = 16384 };

static int inner[MAX_THREADS];

int main(void) {
  int size = 0, width = 0;
#pragma omp target map(tofrom : inner, size, width)
  {
#pragma omp parallel shared(inner, size, width)
    {
      int me = omp_get_thread_num(), mine = 0;
      if (me == 0)
        size = omp_get_num_threads();
#pragma omp parallel shared(mine)
      {
#pragma omp atomic
        mine++;
        if (me == 0 && omp_get_thread_num() == 0)
          width = omp_get_num_threads();
      }
      inner[me] = mine;
    }
  }
  EXPECT(width >= 1);
  for (int i = 0; i < size; i++)
    EXPECT(inner[i] >= 1);
  return expect_failures;
}
