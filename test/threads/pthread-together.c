// Threads of a program that knows POSIX's names only run at the same time, on
// warps of their own: each goes on when it has seen all others, and none calls
// anything that would let another run in its place.
//
// POSIX: 2.9 pthread.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle_pthread.h>

enum { THREADS = 15 }; // and the initial one: all warps of the emulator

static void *meet(void *p) {
  int *here = p, seen = 0;
#pragma omp atomic
  ++*here;
  while (seen < THREADS) {
#pragma omp atomic read acquire
    seen = *here;
  }
  return p;
}

int main(void) {
  int here = 0, joined = 0;
#pragma omp target map(tofrom : here, joined)
  {
    pthread_t id[THREADS];
    for (int i = 0; i < THREADS; i++)
      pthread_create(&id[i], NULL, meet, &here);
    for (int i = 0; i < THREADS; i++)
      joined += pthread_join(id[i], NULL) == 0;
  }
  EXPECT_EQ(here, THREADS);
  EXPECT_EQ(joined, THREADS);
  return expect_failures;
}
