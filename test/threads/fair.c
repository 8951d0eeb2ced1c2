// Threads that yield for ever starve nobody on their warps: a new thread starts,
// a sleeper wakes, a region forks and meets in barriers (docs/threads.md).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include "yielders.h"
#include <omp.h>
#include <stdlib.h>

static int sleep(void *p) {
  (void)p;
  struct timespec span = {0, 20000};
  thrd_sleep(&span, NULL);
  return 10;
}

static int stop(void *p) {
  stop_yielders(p);
  return 100;
}

int main(void) {
  int n = 0, sum = 0, slept = 0, members = 0, size = 0, last = 0;
#pragma omp target map(tofrom : n, sum, slept, members, size, last)
  {
    struct yielders s = {.stop = 0};
    n = 2 * heddle_available_parallelism();
    heddle_latch_init(&s.running, (unsigned)n);
    thrd_t *id = malloc((size_t)n * sizeof *id), other;
    for (int i = 0; i < n; i++)
      thrd_create(&id[i], yielder, &s);
    heddle_latch_wait(&s.running);
    thrd_create(&other, sleep, NULL);
    thrd_join(other, &slept);
#pragma omp parallel shared(members, size)
    {
#pragma omp atomic
      members++;
#pragma omp barrier
#pragma omp single
      size = omp_get_num_threads();
    }
    thrd_create(&other, stop, &s);
    thrd_join(other, &last);
    for (int i = 0; i < n; i++) {
      int one = 0;
      thrd_join(id[i], &one);
      sum += one;
    }
    free(id);
  }
  EXPECT_EQ(sum, n);
  EXPECT_EQ(slept, 10);
  EXPECT_EQ(members, size);
  EXPECT_EQ(last, 100);
  return expect_failures;
}
