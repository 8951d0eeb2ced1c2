// Collapsed loops of a league execute each point once, with any number of loops,
// bounds and steps; and what a body divides the counter by need not be what the
// compiler divides it by (OpenMP 5.2, 4.4.3).
//
// OpenMP 5.2: 4.4.3 collapse
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { MOST = 2000 };

#define PRAGMA(text) _Pragma(#text)
/* The other way round than the compiler counts them, or what is wrong in two of
 * them could cancel out.  Points (x, y, z) with x from `from` in steps of `step`, y and z from 0. */
#define TRY(type, name)                                                        \
  static void name(type from, type step, type nx, type ny, type nz) {          \
    int count[MOST] = {0};                                                     \
    type end = from + nx * step;                                               \
    PRAGMA(omp target teams distribute parallel for collapse(3) num_teams(2)   \
               thread_limit(32) map(tofrom : count))                           \
    for (type x = from; x < end; x += step)                                    \
      for (type y = 0; y < ny; y++)                                            \
        for (type z = 0; z < nz; z++)                                          \
          count[(z * ny + y) * nx + (x - from) / step]++;                      \
    for (int i = 0; i < MOST; i++)                                             \
      EXPECT_EQ(count[i], i < (int)(nx * ny * nz));                            \
  }
TRY(int, with_int)
TRY(unsigned, with_unsigned)
TRY(long, with_long)
TRY(unsigned long, with_unsigned_long)

static void four(long a, long b, long c, long d) {
  int count[MOST] = {0};
#pragma omp target teams distribute parallel for collapse(4) num_teams(3)      \
    thread_limit(32) map(tofrom : count)
  for (long i = 0; i < a; i++)
    for (long j = 0; j < b; j++)
      for (long k = 0; k < c; k++)
        for (long l = 0; l < d; l++)
          count[((l * c + k) * b + j) * a + i]++;
  for (int i = 0; i < MOST; i++)
    EXPECT_EQ(count[i], i < (int)(a * b * c * d));
}

// What the program itself divides by, of either sign and as large as it likes.
static void divided(long n, long by, long also) {
  static long quotient[MOST], rest[MOST], other[MOST];
#pragma omp target teams distribute parallel for num_teams(2) thread_limit(32) \
    map(from : quotient, rest, other)
  for (long i = 0; i < n; i++) {
    quotient[i] = i / by;
    rest[i] = i % by;
    other[i] = i % by / also;
  }
  for (long i = 0; i < n; i++) {
    EXPECT_EQ(quotient[i], i / by);
    EXPECT_EQ(rest[i], i % by);
    EXPECT_EQ(other[i], i % by / also);
  }
}

// One that is not 0, and one that is at least 1 and does not divide it.
static void divided_unsigned(long n, unsigned long by, unsigned long also) {
  static unsigned long quotient[MOST], inner[MOST], rest[MOST];
#pragma omp target teams distribute parallel for num_teams(2) thread_limit(32) \
    map(from : quotient, inner, rest)
  for (long i = 0; i < n; i++) {
    quotient[i] = (unsigned long)i / by;
    inner[i] = (unsigned long)i % by / ((also & 15) + 1);
    rest[i] = (unsigned long)i % by % ((also & 15) + 1);
  }
  for (unsigned long i = 0; i < (unsigned long)n; i++) {
    EXPECT_EQ(quotient[i], i / by);
    EXPECT_EQ(inner[i], i % by / (also + 1));
    EXPECT_EQ(rest[i], i % by % (also + 1));
  }
}

// A loop of the program's own, on a counter wider than 64 bits.
static void wide(long n, long by) {
  long sum = 0, expected = 0;
  if (by < 1)
    return;
#pragma omp target map(tofrom : sum)
  for (__int128 i = 0; i < n; i++)
    sum += (long)(i / by) + (long)(i % by) * 3;
  for (long i = 0; i < n; i++)
    expected += i / by + i % by * 3;
  EXPECT_EQ(sum, expected);
}

int main(void) {
  static const int shapes[][3] = {{1, 1, 1},   {3, 5, 7},  {1, 50, 3},
                                  {13, 1, 11}, {7, 33, 1}, {2, 31, 29},
                                  {0, 4, 4},   {4, 0, 4},  {40, 7, 7}};
  for (unsigned i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const int *s = shapes[i];
    with_int(-3, 2, s[0], s[1], s[2]);
    with_long(-5, 3, s[0], s[1], s[2]);
    with_unsigned(1, 2, (unsigned)s[0], (unsigned)s[1], (unsigned)s[2]);
    with_unsigned_long(0, 1, (unsigned long)s[0], (unsigned long)s[1],
                       (unsigned long)s[2]);
  }
  four(3, 4, 5, 6);
  four(2, 1, 31, 3);
  divided(500, 7, 2);
  divided(500, -7, 3);
  divided(300, 1L << 40, -1);
  divided_unsigned(900, 10, 3);
  divided_unsigned(900, 100, 6);
  divided_unsigned(900, 7, 6);
  divided_unsigned(900, 3, 11);
  divided_unsigned(500, ~0ul, 4);
  wide(100, 7);
  return expect_failures;
}
