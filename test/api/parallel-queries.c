// Inside a parallel region of several threads omp_in_parallel is true, level
// and active level are 1 (OpenMP 5.2, 18.2).
//
// OpenMP 5.2: 18.2.5 omp_in_parallel; 18.2.17 omp_get_level
// OpenMP 5.2: 18.2.20 omp_get_active_level
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int wrong = 0, size = 0;
#pragma omp target map(tofrom : wrong, size)
  {
#pragma omp parallel
    {
      int n = omp_get_num_threads(), bad = 0;
      bad |= omp_in_parallel() != (n > 1);
      bad |= omp_get_level() != 1;
      bad |= omp_get_active_level() != (n > 1);
      bad |= omp_get_thread_num() < 0 || omp_get_thread_num() >= n;
      bad |= omp_get_team_size(1) != n;
      bad |= omp_get_ancestor_thread_num(1) != omp_get_thread_num();
      bad |= omp_get_ancestor_thread_num(2) != -1;
      bad |= omp_get_team_size(-1) != -1;
#pragma omp atomic
      wrong += bad;
      if (omp_get_thread_num() == 0)
        size = n;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT(size >= 1);
  return expect_failures;
}
