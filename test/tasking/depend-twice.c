// A task that names a location twice, in two ways, depends on it in the stronger
// one; and a task may depend on many (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(out, inout); 15.9.5 depend(iterator)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { CHAIN = 40, MANY = 45 };

int main(void) {
  int order = -1, before[CHAIN], joined = -1, after = -1;
#pragma omp target map(from : order, before, joined, after)
#pragma omp parallel num_threads(4)
#pragma omp single
  {
    int at = 0, other = 0;
    order = 0;
    for (int i = 0; i < CHAIN; i++) {
      before[i] = -1;
      if (i % 2) {
#pragma omp task depend(in : at, other) depend(out : at)
        before[i] = order++;
      } else {
#pragma omp task depend(out : at) depend(in : at) depend(inout : other)
        before[i] = order++;
      }
    }

    // Each of MANY tasks has a location of its own; one waits for all of them.
    int place[MANY], sum = 0;
    for (int i = 0; i < MANY; i++) {
#pragma omp task depend(out : place[i]) depend(in : at) shared(place)
      place[i] = i + order;
    }
#pragma omp task depend(iterator(i = 0 : MANY), in : place[i])                 \
    depend(out : sum) shared(place, sum, joined)
    {
      for (int i = 0; i < MANY; i++)
        sum += place[i];
      joined = sum;
    }
#pragma omp task depend(in : sum) depend(in : place[MANY - 1])                 \
    shared(sum, after)
    after = sum;
#pragma omp taskwait
  }
  for (int i = 0; i < CHAIN; i++)
    EXPECT_EQ(before[i], i);
  EXPECT_EQ(order, CHAIN);
  EXPECT_EQ(joined, MANY * (MANY - 1) / 2 + MANY * CHAIN);
  EXPECT_EQ(after, joined);
  return expect_failures;
}
