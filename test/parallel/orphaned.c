// A parallel construct in a function called from a target region forks a team;
// recursion through parallel regions works (OpenMP 5.2, 10.1).
//
// OpenMP 5.2: 10.1 parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

#pragma omp begin declare target
static int count_threads(void) {
  int count = 0;
#pragma omp parallel
  {
#pragma omp atomic
    count++;
  }
  return count;
}

static int nest(int depth) {
  int below = 0;
  if (depth == 0)
    return 1;
#pragma omp parallel num_threads(2) shared(below)
#pragma omp masked
  below = nest(depth - 1);
  return below + 1;
}
#pragma omp end declare target

int main(void) {
  int count = 0, maximum = 0, depth = 0;
#pragma omp target map(from : count, maximum, depth)
  {
    maximum = omp_get_max_threads();
    count = count_threads();
    depth = nest(6);
  }
  EXPECT(count >= 1 && count <= maximum);
  EXPECT_EQ(depth, 7);
  return expect_failures;
}
