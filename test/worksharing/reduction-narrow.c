// Arrays of 1- and 2-byte elements whose size is no multiple of a word are reduced
// to the last element, and nothing behind them changes, by threads that are warps
// and by those that are lanes (OpenMP 5.2, 5.5.8).  clang 22 by itself stores the
// rest as a whole word (plugin/reductions.cpp).
//
// OpenMP 5.2: 5.5.8 reduction on parallel
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { THREADS = 4, BYTES = 9, HALVES = 5, ALL = BYTES + HALVES + 1 };

#pragma omp begin declare target
struct guarded {
  unsigned char byte[BYTES], after;
  short half[HALVES], behind;
};

// The sums of `THREADS` threads of a region here; -1: not so many, or a byte that
// is not of the arrays has changed.
static void reduce(int *sum) {
  struct guarded g = {.after = 77, .behind = 777};
  int threads = 0;
  unsigned char byte[BYTES] = {0};
  short half[HALVES] = {0};
#pragma omp parallel num_threads(THREADS) reduction(+ : byte, half, threads)
  {
    threads++;
    for (int i = 0; i < BYTES; i++)
      byte[i] += (unsigned char)(i + 1 + omp_get_thread_num());
    for (int i = 0; i < HALVES; i++)
      half[i] += (short)(1000 * (i + 1) + omp_get_thread_num());
  }
  for (int i = 0; i < BYTES; i++)
    g.byte[i] = byte[i];
  for (int i = 0; i < HALVES; i++)
    g.half[i] = half[i];
  for (int i = 0; i < ALL; i++)
    sum[i] = threads != THREADS || g.after != 77 || g.behind != 777 ? -1
             : i < BYTES                                            ? g.byte[i]
             : i < BYTES + HALVES ? g.half[i - BYTES]
                                  : threads;
}
#pragma omp end declare target

int main(void) {
  int grid[ALL], lanes[ALL], league[ALL];
#pragma omp target map(from : grid)
  reduce(grid);
#pragma omp target map(from : lanes)
  {
    lanes[0] = 0; // a region of its own: the launch is not sized for 2 threads
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 1)
      reduce(lanes);
  }
#pragma omp target teams num_teams(2) thread_limit(64) map(from : league)
  {
    int sum[ALL];
    reduce(sum);
    for (int i = 0; omp_get_team_num() == 1 && i < ALL; i++)
      league[i] = sum[i];
  }

  const int extra = THREADS * (THREADS - 1) / 2; // of the threads' numbers
  for (int i = 0; i < ALL; i++) {
    int expected = i < BYTES ? THREADS * (i + 1) + extra
                   : i < BYTES + HALVES
                       ? THREADS * 1000 * (i - BYTES + 1) + extra
                       : THREADS;
    EXPECT_EQ(grid[i], expected);
    EXPECT_EQ(lanes[i], expected);
    EXPECT_EQ(league[i], expected);
  }
  return expect_failures;
}
