// A target region with thread_limit(1) has one warp, and so lanes for explicit
// threads, which no OpenMP limit counts.
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>
#include <threads.h>

static int add(void *p) { return ++*(int *)p; }

int main(void) {
  int count = 0, result = -1, team = -1;
#pragma omp target thread_limit(1) map(tofrom : count, result) map(from : team)
  {
    thrd_t t;
    if (thrd_create(&t, add, &count) == thrd_success)
      thrd_join(t, &result);
#pragma omp parallel
    team = omp_get_num_threads();
  }
  EXPECT_EQ(count, 1);
  EXPECT_EQ(result, 1);
  EXPECT_EQ(team, 1);
  return expect_failures;
}
