// The ordered regions of a loop run one after the other, in the order of the
// iterations, under every schedule (OpenMP 5.2, 15.10.2).
//
// OpenMP 5.2: 15.10.2 ordered
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 60, LOOPS = 8 };

static int order[LOOPS][N], thread[LOOPS][N];

// What an ordered region does; plain accesses, so that a region that overlaps
// another or comes too early shows.
static void note(int *order, int *thread, int *count, int i) {
  int at = *count;
  order[at] = i;
  thread[at] = omp_get_thread_num();
  *count = at + 1;
}

int main(void) {
  int counts[LOOPS] = {0}, threads = 0;
#pragma omp target map(from : order, thread) map(tofrom : counts, threads)
  {
    omp_set_schedule(omp_sched_dynamic, 2);
#pragma omp parallel
    {
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
#pragma omp for ordered
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[0], thread[0], &counts[0], i);
      }
#pragma omp for ordered schedule(static)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[1], thread[1], &counts[1], i);
      }
#pragma omp for ordered schedule(static, 3)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[2], thread[2], &counts[2], i);
      }
#pragma omp for ordered schedule(dynamic)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[3], thread[3], &counts[3], i);
      }
#pragma omp for ordered schedule(dynamic, 7)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[4], thread[4], &counts[4], i);
      }
#pragma omp for ordered schedule(guided)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[5], thread[5], &counts[5], i);
      }
#pragma omp for ordered schedule(runtime)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[6], thread[6], &counts[6], i);
      }
#pragma omp for ordered schedule(auto)
      for (int i = 0; i < N; i++) {
#pragma omp ordered
        note(order[7], thread[7], &counts[7], i);
      }
    }
  }
  EXPECT(threads > 1);
  for (int k = 0; k < LOOPS; k++) {
    int in_order = 0, changes = 0;
    for (int i = 0; i < N; i++) {
      in_order += order[k][i] == i;
      changes += i > 0 && thread[k][i] != thread[k][i - 1];
    }
    EXPECT_EQ(counts[k], N);
    EXPECT_EQ(in_order, N);
    if (k < 3) // the others may give all iterations to one thread
      EXPECT(changes > 0);
  }
  return expect_failures;
}
