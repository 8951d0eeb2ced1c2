// Tasks that wait for their child, 24 deep, each with 16 KiB of shared locals:
// the soft stack grows and every frame keeps its contents (OpenMP 5.2, 12.9;
// design 4.4).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { DEPTH = 24, FRAME = 2048 };

#pragma omp begin declare target
static long descend(int depth) {
  long frame[FRAME], below = 0;
  for (int i = 0; i < FRAME; i++)
    frame[i] = depth * 1000 + i;
  if (depth > 0) {
#pragma omp task shared(below, frame)
    {
      below = descend(depth - 1);
      frame[0] = -frame[0];
    }
#pragma omp taskwait
    frame[0] = -frame[0];
  }
  long intact = 1;
  for (int i = 0; i < FRAME; i++)
    intact &= frame[i] == depth * 1000 + i;
  return below + intact;
}
#pragma omp end declare target

int main(void) {
  long intact = -1;
#pragma omp target map(from : intact)
  {
#pragma omp parallel
#pragma omp single
    intact = descend(DEPTH);
  }
  EXPECT_EQ(intact, DEPTH + 1);
  return expect_failures;
}
