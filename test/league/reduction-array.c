// A reduction over teams of an array (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { N = 700 };

int main(void) {
  long counts[5] = {10, 20, 30, 40, 50};
#pragma omp target teams distribute parallel for num_teams(5)                  \
    reduction(+ : counts)
  for (int i = 0; i < N; i++)
    counts[i % 5] += i;
  for (int k = 0; k < 5; k++) {
    long want = 10 * (k + 1);
    for (int i = k; i < N; i += 5)
      want += i;
    EXPECT_EQ(counts[k], want);
  }
  return expect_failures;
}
