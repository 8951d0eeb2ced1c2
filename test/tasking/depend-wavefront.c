// A wavefront: each cell of a table is a task that depends on the cells above
// and to the left of it (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { N = 24, MODULUS = 10007 };

static int table[N + 1][N + 1];

int main(void) {
  for (int i = 0; i <= N; i++)
    table[i][0] = table[0][i] = 1;
#pragma omp target map(tofrom : table)
#pragma omp parallel
#pragma omp single
  for (int i = 1; i <= N; i++)
    for (int j = 1; j <= N; j++) {
#pragma omp task depend(in : table[i - 1][j], table[i][j - 1])                 \
    depend(out : table[i][j]) shared(table)
      table[i][j] = (table[i - 1][j] + table[i][j - 1]) % MODULUS;
    }
  int wrong = 0;
  for (int i = 1; i <= N; i++)
    for (int j = 1; j <= N; j++)
      wrong += table[i][j] != (table[i - 1][j] + table[i][j - 1]) % MODULUS;
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
