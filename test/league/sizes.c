// thread_limit is the size of a team, whether or not it is a multiple of 32
// (OpenMP 5.2, 10.2); barriers and reductions work in each.
//
// OpenMP 5.2: 10.2 teams; 13.3 thread_limit
//
// REQUIRES: emulator || gpu
// (on the host the limit is an upper bound of fewer threads)
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

static void generic(int limit) {
  int threads = 0, sum = 0, wrong = 0;
#pragma omp target teams num_teams(2) thread_limit(limit)                      \
    map(tofrom : threads, sum, wrong)
  {
    int together = 0, local = 0;
#pragma omp parallel
    {
#pragma omp atomic
      together++;
#pragma omp barrier
      if (together != omp_get_num_threads()) {
#pragma omp atomic
        wrong++;
      }
    }
#pragma omp parallel reduction(+ : local)
    local += omp_get_thread_num() + 1;
#pragma omp atomic
    threads += together;
#pragma omp atomic
    sum += local;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(threads, 2 * limit);
  EXPECT_EQ(sum, limit * (limit + 1));
}

static void spmd(int limit) {
  int threads = 0, sum = 0;
#pragma omp target teams distribute parallel for num_teams(2)                  \
    thread_limit(limit) reduction(+ : sum) map(tofrom : threads)
  for (int i = 0; i < 3000; i++) {
    sum += i;
    if (i == 0)
      threads = omp_get_num_threads();
  }
  EXPECT_EQ(threads, limit);
  EXPECT_EQ(sum, 3000 / 2 * 2999);
}

int main(void) {
  static const int limits[] = {1, 2, 31, 32, 33, 48, 96, 128, 200, 256};
  for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
    generic(limits[i]);
    spmd(limits[i]);
  }
  int one = 0, odd = 0;
#pragma omp target teams num_teams(3) thread_limit(48) map(tofrom : odd)
#pragma omp parallel
#pragma omp atomic
  odd++;
#pragma omp target teams num_teams(3) thread_limit(1) map(tofrom : one)
  {
#pragma omp parallel
#pragma omp atomic
    one++;
  }
  EXPECT_EQ(odd, 3 * 48);
  EXPECT_EQ(one, 3);
  return expect_failures;
}
