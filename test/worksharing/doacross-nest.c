// Doacross dependences in a nest of loops; sinks outside of the iteration space
// are none, on every side of it (OpenMP 5.2, 15.9.6).
//
// OpenMP 5.2: 4.4.4 ordered(n); 15.9.6 doacross
//
// Not on the host, where libomp 22 waits for iterations beyond the right edge.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROWS = 12, COLS = 9, DEEP = 4 };

static int paths[ROWS][COLS], skewed[ROWS][COLS], cube[DEEP][DEEP][DEEP];

static int at(int (*skewed)[COLS], int i, int j) {
  return i < 0 || j < 0 || j >= COLS ? 1 : skewed[i][j];
}

int main(void) {
#pragma omp target map(from : paths, cube) map(tofrom : skewed)
#pragma omp parallel
  {
#pragma omp for ordered(2)
    for (int i = 0; i < ROWS; i++)
      for (int j = 0; j < COLS; j++) {
#pragma omp ordered depend(sink : i - 1, j) depend(sink : i, j - 1)
        paths[i][j] = i && j ? paths[i - 1][j] + paths[i][j - 1] : 1;
#pragma omp ordered depend(source)
      }
    // Beyond the right edge of the row above, too.
#pragma omp for ordered(2) schedule(dynamic)
    for (int i = 0; i < ROWS; i++)
      for (int j = 0; j < COLS; j++) {
#pragma omp ordered depend(sink : i - 1, j + 1) depend(sink : i - 1, j - 1)
        skewed[i][j] =
            (at(skewed, i - 1, j + 1) * 3 + at(skewed, i - 1, j - 1) + j) %
            1009;
#pragma omp ordered depend(source)
      }
#pragma omp for ordered(3) schedule(static, 1)
    for (int i = 0; i < DEEP; i++)
      for (int j = DEEP - 1; j >= 0; j--)
        for (int k = 0; k < 2 * DEEP; k += 2) {
#pragma omp ordered depend(sink : i - 1, j + 1, k - 2)                         \
    depend(sink : i - 1, j, k)
          int before = i ? cube[i - 1][j][k / 2] : 1;
          if (i && j + 1 < DEEP && k)
            before += cube[i - 1][j + 1][k / 2 - 1];
          cube[i][j][k / 2] = before;
#pragma omp ordered depend(source)
        }
  }
  int wrong = 0, row[COLS], above[COLS + 2];
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLS; j++)
      wrong += paths[i][j] != (i && j ? paths[i - 1][j] + paths[i][j - 1] : 1);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(paths[ROWS - 1][COLS - 1], 75582); // 19 over 8
  for (int j = 0; j < COLS + 2; j++)
    above[j] = 1;
  for (int i = 0; i < ROWS; i++) {
    for (int j = 0; j < COLS; j++)
      row[j] = (above[j + 2] * 3 + above[j] + j) % 1009;
    for (int j = 0; j < COLS; j++)
      wrong += skewed[i][j] != (above[j + 1] = row[j]);
  }
  EXPECT_EQ(wrong, 0);
  for (int i = 1; i < DEEP; i++)
    for (int j = 0; j < DEEP; j++)
      for (int k = 0; k < DEEP; k++)
        wrong += cube[i][j][k] !=
                 cube[i - 1][j][k] +
                     (j + 1 < DEEP && k ? cube[i - 1][j + 1][k - 1] : 0);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
