// copyprivate gives the values of the thread that ran the single region to the
// private variables of all others (OpenMP 5.2, 5.7.2).
//
// OpenMP 5.2: 5.7.2 copyprivate
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 8, WIDE = 300 };

struct record {
  long key;
  char name[5];
};

// An argument is as private as a local variable.
static int orphaned(int value, int round) {
#pragma omp single copyprivate(value)
  value = 100 * round + 7;
  return value;
}

int main(void) {
  int wrong = 0, threads = 0, passed = 0, data[ROUNDS];
  for (int i = 0; i < ROUNDS; i++)
    data[i] = 3 * i;
#pragma omp target map(tofrom : wrong, threads, passed) map(to : data)
#pragma omp parallel
  for (int round = 0; round < ROUNDS; round++) {
    int who = -1, wide[WIDE];
    struct record r = {0};
    int *place = 0;
    wide[WIDE - 1] = -1;
#pragma omp single copyprivate(who, r, place, wide)
    {
      who = omp_get_thread_num();
      r = (struct record){.key = round * 1000L + who, .name = "abcd"};
      place = &data[round];
      wide[WIDE - 1] = round;
      threads = omp_get_num_threads();
    }
    int bad = who < 0 || r.key != round * 1000L + who || r.name[3] != 'd' ||
              *place != 3 * round || wide[WIDE - 1] != round;
    // Nobody else sees what the others do to their copies.
    r.key = -omp_get_thread_num();
    who = -1;
    bad += orphaned(-5, round) != 100 * round + 7;
#pragma omp atomic
    wrong += bad;
#pragma omp atomic
    passed++;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT(threads > 1);
  EXPECT_EQ(passed, ROUNDS * threads);
  return expect_failures;
}
