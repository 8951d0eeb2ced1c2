// A reduction over teams of a structure, with the program's own operator
// (OpenMP 5.2, 5.5.7).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { N = 700 };

struct pair {
  double sum;
  int least;
  char flag;
};
static inline void join(struct pair *a, const struct pair *b) {
  a->sum += b->sum;
  if (b->least < a->least)
    a->least = b->least;
  a->flag |= b->flag;
}
#pragma omp declare reduction(join : struct pair : join(&omp_out, &omp_in))    \
    initializer(omp_priv = (struct pair){0, 1000000, 0})

int main(void) {
  struct pair p = {0.5, 5000, 0};
#pragma omp target teams distribute parallel for num_teams(5)                  \
    reduction(join : p)
  for (int i = 0; i < N; i++) {
    struct pair one = {i, 3000 - i, i == 77};
    join(&p, &one);
  }
  EXPECT_EQ(p.sum * 2, 1 + (long)N * (N - 1));
  EXPECT_EQ(p.least, 3000 - N + 1);
  EXPECT_EQ(p.flag, 1);
  return expect_failures;
}
