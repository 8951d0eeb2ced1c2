// Elements whose size is no multiple of a word are reduced to the last byte over
// the warps of a team and over teams, and what lies behind them does not change
// (OpenMP 5.2, 5.5.8).  Between warps clang 22 by itself copies what is left over
// from the element's beginning (plugin/reductions.cpp).
//
// OpenMP 5.2: 5.5.8 reduction on teams
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"

enum { FIVE = 5, SEVEN = 7, HALVES = 3, N = 210 };

struct guarded {
  signed char five[FIVE], after;
  unsigned char seven[SEVEN], behind;
  short half[HALVES], last;
};

static struct guarded reduce(void) {
  struct guarded g = {.after = 77, .behind = 177, .last = 777};
  signed char five[FIVE] = {0};
  unsigned char seven[SEVEN] = {0};
  short half[HALVES] = {0};
#pragma omp target teams distribute parallel for num_teams(3)                  \
    thread_limit(128) map(tofrom : five, seven, half)                          \
    reduction(+ : five, seven, half)
  for (int i = 0; i < N; i++) {
    five[i % FIVE] += (signed char)(i % 3);
    seven[i % SEVEN] += (unsigned char)(i % 4);
    half[i % HALVES] += (short)i;
  }
  for (int i = 0; i < FIVE; i++)
    g.five[i] = five[i];
  for (int i = 0; i < SEVEN; i++)
    g.seven[i] = seven[i];
  for (int i = 0; i < HALVES; i++)
    g.half[i] = half[i];
  return g;
}

// The same in two steps, over the threads of each team and then over teams.
static int in_two_steps(unsigned char *all) {
  int teams = 0;
#pragma omp target teams num_teams(2) thread_limit(96)                         \
    map(tofrom : all[ : SEVEN], teams) reduction(+ : all[ : SEVEN], teams)
  {
    teams++;
#pragma omp parallel for reduction(+ : all[ : SEVEN])
    for (int i = 0; i < N; i++)
      all[i % SEVEN] += (unsigned char)(i % 5);
  }
  return teams;
}

int main(void) {
  int five[FIVE] = {0}, seven[SEVEN] = {0}, half[HALVES] = {0};
  int steps[SEVEN] = {0};
  for (int i = 0; i < N; i++) {
    five[i % FIVE] += i % 3;
    seven[i % SEVEN] += i % 4;
    half[i % HALVES] += i;
    steps[i % SEVEN] += i % 5;
  }
  struct guarded g = reduce();
  for (int i = 0; i < FIVE; i++)
    EXPECT_EQ(g.five[i], five[i]);
  for (int i = 0; i < SEVEN; i++)
    EXPECT_EQ(g.seven[i], seven[i]);
  for (int i = 0; i < HALVES; i++)
    EXPECT_EQ(g.half[i], half[i]);
  EXPECT_EQ(g.after, 77);
  EXPECT_EQ(g.behind, 177);
  EXPECT_EQ(g.last, 777);

  unsigned char all[SEVEN] = {0};
  int teams = in_two_steps(all);
  for (int i = 0; i < SEVEN; i++)
    EXPECT_EQ(all[i], teams * steps[i]);
  return expect_failures;
}
