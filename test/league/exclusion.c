// critical, locks and atomics exclude each other's threads in the whole league:
// lanes of a warp, warps of a team, and teams (OpenMP 5.2, 15.2, 18.9).
//
// OpenMP 5.2: 15.2 critical; 15.8.4 atomic
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 400 };

int main(void) {
  long a = 0, b = 0, c = 0, d = 0;
  omp_lock_t lock;
  omp_nest_lock_t *nest = NULL;
  (void)nest;
#pragma omp target map(from : lock)
  omp_init_lock(&lock);
#pragma omp target teams distribute parallel for num_teams(3) thread_limit(64) \
    map(tofrom : a, b, c, d, lock)
  for (int i = 0; i < N; i++) {
#pragma omp critical
    {
      long seen = a;
      b += seen == b;
      a = seen + 1;
    }
    omp_set_lock(&lock);
    c++;
    omp_unset_lock(&lock);
#pragma omp atomic
    d++;
  }
#pragma omp target teams num_teams(3) map(tofrom : a, b)
  {
#pragma omp parallel num_threads(40)
#pragma omp critical
    {
      long seen = a;
      b += seen == b;
      a = seen + 1;
    }
  }
  EXPECT_EQ(a, N + 3 * 40);
  EXPECT_EQ(b, N + 3 * 40);
  EXPECT_EQ(c, N);
  EXPECT_EQ(d, N);
  return expect_failures;
}
