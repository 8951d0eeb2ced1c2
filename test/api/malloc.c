// Memory from malloc on the device is aligned, belongs to one caller until
// free, and any thread can use and free it (C17 7.22.3).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdint.h>
#include <stdlib.h>

enum { EACH = 8, MAX_THREADS = 16384 };

int main(void) {
  int wrong = 0, size = 0;
#pragma omp target map(tofrom : wrong, size)
  {
    int **block = malloc(MAX_THREADS * sizeof *block);
#pragma omp parallel shared(block, wrong, size)
    {
      int me = omp_get_thread_num(), n = omp_get_num_threads(), bad = 0;
      for (int round = 0; round < EACH; round++) {
        int ints = 1 + (me * 7 + round * 13) % 50;
        block[me] = malloc((size_t)ints * sizeof(int));
        bad += !block[me] || (uintptr_t)block[me] % 16 != 0;
        for (int i = 0; i < ints; i++)
          block[me][i] = me * 1000 + i;
#pragma omp barrier
        int other = (me + 1) % n, theirs = 1 + (other * 7 + round * 13) % 50;
        for (int i = 0; i < theirs; i++)
          bad += block[other][i] != other * 1000 + i;
        free(block[other]);
#pragma omp barrier
      }
      if (me == 0)
        size = n;
#pragma omp atomic
      wrong += bad;
    }
    free(block);
    free(NULL);
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
