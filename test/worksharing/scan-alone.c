// A scan that is all of a target region is done by all threads: its buffer, whose
// size is known at run time only, is where they reach it, and is freed with the
// construct, however often that is met (OpenMP 5.2, 5.6).
//
// OpenMP 5.2: 5.6 scan inclusive
//
// RUN: %cc %s -lm -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MOST = 300, ROUNDS = 200, LARGE = 20000 };

#pragma omp begin declare target
// Megabytes of buffers in all, one after the other.
static long rounds(void) {
  long sum = 0;
  for (int round = 0; round < ROUNDS; round++) {
    long last = 0;
#pragma omp parallel for reduction(inscan, + : last)
    for (int i = 0; i < LARGE; i += 1000) {
      last += i;
#pragma omp scan inclusive(last)
      if (i == LARGE - 1000)
        sum += last;
    }
  }
  return sum;
}
#pragma omp end declare target

static void scan(int n) {
  int in[MOST], out[MOST], thread[MOST], sum = 0;
  for (int i = 0; i < n; i++)
    in[i] = i * i % 17;
#pragma omp target map(to : in) map(from : out, thread) map(tofrom : sum)
#pragma omp parallel for reduction(inscan, + : sum)
  for (int i = 0; i < n; i++) {
    sum += in[i];
    thread[i] = omp_get_thread_num();
#pragma omp scan inclusive(sum)
    out[i] = sum;
  }
  int run = 0;
  for (int i = 0; i < n; i++) {
    run += in[i];
    EXPECT_EQ(out[i], run);
  }
  EXPECT_EQ(sum, run);
  EXPECT(thread[0] != thread[n - 1]);
}

int main(void) {
  scan(70);
  scan(MOST);
  long sum = 0;
#pragma omp target map(from : sum)
  sum = rounds();
  long last = 0;
  for (int i = 0; i < LARGE; i += 1000)
    last += i;
  EXPECT_EQ(sum, ROUNDS * last);
  return expect_failures;
}
