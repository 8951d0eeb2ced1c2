// A blocked LU factorisation whose order comes from dependences alone gives
// the same numbers as the sequential one (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in); 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <string.h>

enum { BLOCKS = 6, SIZE = 4, P = 65537 };

// Numbers modulo a prime: no rounding hides a wrong order.
typedef long block[SIZE][SIZE];
static block a[BLOCKS][BLOCKS], expected[BLOCKS][BLOCKS];

#pragma omp begin declare target
static long inverse(long x) {
  long result = 1;
  for (int e = P - 2; e; e >>= 1, x = x * x % P)
    if (e & 1)
      result = result * x % P;
  return result;
}
// lu = lower and upper factor of it.
static void factor(block lu) {
  for (int k = 0; k < SIZE; k++)
    for (int i = k + 1; i < SIZE; i++) {
      lu[i][k] = lu[i][k] * inverse(lu[k][k]) % P;
      for (int j = k + 1; j < SIZE; j++)
        lu[i][j] = (lu[i][j] + (P - lu[i][k]) * lu[k][j]) % P;
    }
}
// b = lower(lu)^-1 b
static void solve_row(block lu, block b) {
  for (int k = 0; k < SIZE; k++)
    for (int i = k + 1; i < SIZE; i++)
      for (int j = 0; j < SIZE; j++)
        b[i][j] = (b[i][j] + (P - lu[i][k]) * b[k][j]) % P;
}
// b = b upper(lu)^-1
static void solve_column(block lu, block b) {
  for (int i = 0; i < SIZE; i++)
    for (int k = 0; k < SIZE; k++) {
      b[i][k] = b[i][k] * inverse(lu[k][k]) % P;
      for (int j = k + 1; j < SIZE; j++)
        b[i][j] = (b[i][j] + (P - b[i][k]) * lu[k][j]) % P;
    }
}
// c = c - l u
static void update(block l, block u, block c) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++)
      for (int k = 0; k < SIZE; k++)
        c[i][j] = (c[i][j] + (P - l[i][k]) * u[k][j]) % P;
}
#pragma omp end declare target

static void sequential(block (*m)[BLOCKS]) {
  for (int k = 0; k < BLOCKS; k++) {
    factor(m[k][k]);
    for (int j = k + 1; j < BLOCKS; j++)
      solve_row(m[k][k], m[k][j]);
    for (int i = k + 1; i < BLOCKS; i++)
      solve_column(m[k][k], m[i][k]);
    for (int i = k + 1; i < BLOCKS; i++)
      for (int j = k + 1; j < BLOCKS; j++)
        update(m[i][k], m[k][j], m[i][j]);
  }
}

int main(void) {
  unsigned state = 1;
  for (int i = 0; i < BLOCKS * BLOCKS * SIZE * SIZE; i++) {
    state = state * 1664525u + 1013904223u;
    ((long *)a)[i] = state % P;
  }
  memcpy(expected, a, sizeof a);
  sequential(expected);
#pragma omp target map(tofrom : a)
#pragma omp parallel
#pragma omp single
  for (int k = 0; k < BLOCKS; k++) {
#pragma omp task depend(inout : a[k][k]) shared(a)
    factor(a[k][k]);
    for (int j = k + 1; j < BLOCKS; j++) {
#pragma omp task depend(in : a[k][k]) depend(inout : a[k][j]) shared(a)
      solve_row(a[k][k], a[k][j]);
    }
    for (int i = k + 1; i < BLOCKS; i++) {
#pragma omp task depend(in : a[k][k]) depend(inout : a[i][k]) shared(a)
      solve_column(a[k][k], a[i][k]);
    }
    for (int i = k + 1; i < BLOCKS; i++)
      for (int j = k + 1; j < BLOCKS; j++) {
#pragma omp task depend(in : a[i][k], a[k][j]) depend(inout : a[i][j]) shared(a)
        update(a[i][k], a[k][j], a[i][j]);
      }
  }
  EXPECT_EQ(memcmp(a, expected, sizeof a), 0);
  return expect_failures;
}
