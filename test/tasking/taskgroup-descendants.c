// The end of a taskgroup waits for all descendants of the tasks created in it,
// at any depth, and for no task created before it (OpenMP 5.2, 15.4).
//
// OpenMP 5.2: 15.4 taskgroup
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { DEPTH = 5 };

#pragma omp begin declare target
// A binary tree of tasks without a single taskwait: 2^(depth + 1) - 1 leaves
// and inner nodes count themselves.
static void spread(int depth, int *count) {
#pragma omp atomic
  (*count)++;
  if (depth == 0)
    return;
  for (int i = 0; i < 2; i++) {
#pragma omp task
    spread(depth - 1, count);
  }
}
#pragma omp end declare target

int main(void) {
  int inside = -1, nested = -1;
#pragma omp target map(from : inside, nested)
  {
    int count = 0, second = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp taskgroup
      {
#pragma omp task shared(count)
        spread(DEPTH, &count);
      }
#pragma omp atomic read
      inside = count;

#pragma omp taskgroup
      {
#pragma omp taskgroup
        spread(DEPTH, &second);
#pragma omp atomic read
        nested = second;
      }
    }
  }
  EXPECT_EQ(inside, (2 << DEPTH) - 1);
  EXPECT_EQ(nested, (2 << DEPTH) - 1);
  return expect_failures;
}
