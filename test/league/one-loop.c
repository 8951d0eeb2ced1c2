// Each iteration of a combined loop is executed once, and lastprivate is from the
// last, for every type that counts iterations and any league: fewer iterations
// than threads, than teams, and more than both (OpenMP 5.2, 11.6.1, 5.4.5).
//
// OpenMP 5.2: 11.6 distribute; 5.4.5 lastprivate; 17.3 combined constructs
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { MOST = 700 };

#define PRAGMA(text) _Pragma(#text)
#define TRY(type, name)                                                        \
  static void name(type n, int teams, int threads) {                           \
    int count[MOST] = {0}, last = -1;                                          \
    long sum = 0;                                                              \
    PRAGMA(omp target teams distribute parallel for num_teams(teams)           \
               thread_limit(threads) lastprivate(last) reduction(+ : sum)      \
                   map(tofrom : count, last, sum))                             \
    for (type i = 0; i < n; i++) {                                             \
      count[i]++;                                                              \
      last = (int)i;                                                           \
      sum += (long)i;                                                          \
    }                                                                          \
    for (int i = 0; i < MOST; i++)                                             \
      EXPECT_EQ(count[i], i < (int)n);                                         \
    if (n > 0)                                                                 \
      EXPECT_EQ(last, (int)n - 1);                                             \
    EXPECT_EQ(sum, (long)n * ((long)n - 1) / 2);                               \
  }
TRY(int, by_int)
TRY(unsigned, by_unsigned)
TRY(long, by_long)
TRY(unsigned long, by_unsigned_long)

// Bounds and steps that are not what clang counts with.
static void downwards(void) {
  int count[MOST] = {0}, last = -1;
#pragma omp target teams distribute parallel for num_teams(2) thread_limit(32) \
    lastprivate(last) map(tofrom : count, last)
  for (int i = MOST - 1; i > 2; i -= 3) {
    count[i]++;
    last = i;
  }
  for (int i = 0; i < MOST; i++)
    EXPECT_EQ(count[i], i > 2 && i % 3 == (MOST - 1) % 3);
  EXPECT_EQ(last, 3 + (MOST - 1) % 3);
}

static void in_two_dimensions(void) {
  int count[20][30] = {{0}};
#pragma omp target teams distribute parallel for collapse(2) num_teams(3)      \
    thread_limit(64) map(tofrom : count)
  for (int i = 0; i < 20; i++)
    for (long j = 29; j >= 0; j--)
      count[i][j] += i * 100 + (int)j;
  for (int i = 0; i < 20; i++)
    for (int j = 0; j < 30; j++)
      EXPECT_EQ(count[i][j], i * 100 + j);
}

int main(void) {
  static const int trips[] = {0, 1, 31, 32, 65, 130, MOST};
  for (unsigned i = 0; i < sizeof trips / sizeof *trips; i++) {
    by_int(trips[i], 2, 32);
    by_unsigned((unsigned)trips[i], 3, 64);
    by_long(trips[i], 5, 32);
    by_unsigned_long((unsigned long)trips[i], 1, 128);
  }
  downwards();
  in_two_dimensions();
  return expect_failures;
}
