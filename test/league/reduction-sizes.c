// A reduction over teams of several variables of different sizes, not all of
// whole words (OpenMP 5.2, 5.5.8).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { N = 700 };

int main(void) {
  char c = 1;
  float f = 2;
#pragma omp target teams distribute parallel for num_teams(5)                  \
    reduction(+ : c, f)
  for (int i = 0; i < N; i++) {
    c += i == 3;
    f += 1;
  }
  EXPECT_EQ(c, 2);
  EXPECT_EQ(f, 2 + N);
  return expect_failures;
}
