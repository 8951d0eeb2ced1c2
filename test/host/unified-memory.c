// requires unified_shared_memory: the emulator shares all memory with the host,
// so that pointers to it work without map (OpenMP 5.2, 8.2.1).  A GPU needs a
// driver that can page host memory in.
//
// OpenMP 5.2: 8.2.1 unified_shared_memory
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>
#include <stdlib.h>

#pragma omp requires unified_shared_memory

static int counter = 3;
#pragma omp declare target(counter)

int main(void) {
  int *p = malloc(4 * sizeof *p), local = 1;
  for (int i = 0; i < 4; i++)
    p[i] = i;
#pragma omp target map(tofrom : local)
  {
    p[2] = 20;
    local += 5;
    counter++;
  }
  EXPECT_EQ(p[2], 20);
  EXPECT_EQ(local, 6);
  EXPECT_EQ(counter, 4);
  free(p);
  return expect_failures;
}
