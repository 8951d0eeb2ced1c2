// `target teams distribute parallel for` executes each iteration once, for any
// number of them (OpenMP 5.2, 17.4).
//
// OpenMP 5.2: 11.6 distribute; 17.3 combined constructs
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <stdlib.h>

static void run(int n) {
  int *count = calloc((size_t)n + 1, sizeof *count);
#pragma omp target teams distribute parallel for map(tofrom : count[ : n])
  for (int i = 0; i < n; i++)
    count[i] += i + 1;
  for (int i = 0; i < n; i++)
    EXPECT_EQ(count[i], i + 1);
  free(count);
}

int main(void) {
  run(0);
  run(1);
  run(31);
  run(128);
  run(129);
  run(5000);
  return expect_failures;
}
