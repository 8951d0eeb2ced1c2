// Threads that learn late that their region is cancelled meet reductions that the
// others never do, in a function without cancellation points; the next region
// does not take what they leave there for its own (OpenMP 5.2, 16.1 and 5.5.8).
//
// OpenMP 5.2: 16.1 cancel parallel
//
// Not on the host, where libomp 22 hangs in just those loops.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 4, LOOPS = 7, N = 640 };

#pragma omp begin declare target
__attribute__((noinline)) static void reduce(int *junk) {
  for (int k = 0; k < LOOPS; k++) {
#pragma omp for reduction(+ : junk[0])
    for (int i = 0; i < N; i++)
      junk[0] += 1000;
  }
}
#pragma omp end declare target

int main(void) {
  int sum[ROUNDS] = {0}, threads = 0;
#pragma omp target map(tofrom : sum, threads)
  {
    int junk = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int all = 0;
#pragma omp parallel shared(junk)
      {
        if (omp_get_thread_num() == 0) {
#pragma omp cancel parallel
        }
        reduce(&junk);
      }
#pragma omp parallel reduction(+ : all)
      {
        if (omp_get_thread_num() == 0)
          threads = omp_get_num_threads();
        all += omp_get_thread_num() + 1;
      }
      sum[round] = all;
    }
  }
  for (int round = 0; round < ROUNDS; round++)
    EXPECT_EQ(sum[round], threads * (threads + 1) / 2);
  return expect_failures;
}
