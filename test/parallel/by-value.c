// A parameter that is a structure, passed by value, can be shared by the threads
// of a region, as any other variable (OpenMP 5.2, 5.1.1): a region of lanes gets
// all its threads, and all see what one stores there.
//
// OpenMP 5.2: 5.1.1 sharing of locals with tasks
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { LANES = 8 };

#pragma omp begin declare target
struct large {
  long number[3], threads, sum;
};

__attribute__((noinline)) static struct large share(struct large s) {
#pragma omp parallel num_threads(LANES)
  {
#pragma omp masked
    s.threads = omp_get_num_threads();
#pragma omp atomic
    s.sum += s.number[omp_get_thread_num() % 3];
  }
  return s;
}
#pragma omp end declare target

int main(void) {
  struct large in = {{1, 10, 100}, 0, 0}, out = in;
  long wrong = -1;
#pragma omp target map(to : in) map(from : out, wrong)
  {
    wrong = 0;
#pragma omp parallel num_threads(4) shared(out)
    {
      struct large mine = share(in);
      if (mine.threads != LANES || mine.sum != 3 + 30 + 200) {
#pragma omp atomic
        wrong++;
      }
#pragma omp masked
      out = mine;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(out.threads, LANES);
  EXPECT_EQ(out.sum, 233);
  EXPECT_EQ(in.sum, 0);
  return expect_failures;
}
