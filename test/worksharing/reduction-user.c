// A user-defined reduction of a structure, with initializer, combines every
// iteration once (OpenMP 5.2, 5.5.11).
//
// OpenMP 5.2: 5.5.11 declare reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

struct range {
  long count;
  int low, high;
  double sum;
};

#pragma omp begin declare target
static void merge(struct range *into, const struct range *from) {
  into->count += from->count;
  into->low = from->low < into->low ? from->low : into->low;
  into->high = from->high > into->high ? from->high : into->high;
  into->sum += from->sum;
}
#pragma omp end declare target

#pragma omp declare reduction(range : struct range : merge(&omp_out, &omp_in)) \
    initializer(omp_priv = {0, 1 << 30, -(1 << 30), 0})

enum { N = 300 };

int main(void) {
  struct range r = {5, 1 << 30, -(1 << 30), 0.5};
#pragma omp target map(tofrom : r)
  {
#pragma omp parallel for reduction(range : r) schedule(dynamic, 4)
    for (int i = 0; i < N; i++) {
      struct range one = {1, i - 10, i - 10, 0.5};
      merge(&r, &one);
    }
  }
  EXPECT_EQ(r.count, N + 5);
  EXPECT_EQ(r.low, -10);
  EXPECT_EQ(r.high, N - 11);
  EXPECT_EQ(r.sum * 2, N + 1);
  return expect_failures;
}
