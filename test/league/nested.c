// A parallel region inside a team's region, or in a task, is a team of its own;
// levels and ancestors are right (OpenMP 5.2, 10.1, 18.2).
//
// OpenMP 5.2: 10.1 nested parallel
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 100 };

int main(void) {
  int inner = 0, wrong = 0, in_task = 0, serial = 0;
#pragma omp target teams distribute parallel for num_teams(2)                  \
    map(tofrom : inner, wrong)
  for (int i = 0; i < N; i++) {
    int outside = omp_get_thread_num();
#pragma omp parallel num_threads(3)
    {
      if (omp_get_level() != 2 || omp_get_ancestor_thread_num(1) != outside ||
          omp_get_ancestor_thread_num(2) != omp_get_thread_num() ||
          omp_get_ancestor_thread_num(0) != 0 ||
          omp_get_team_size(2) != omp_get_num_threads() ||
          omp_get_ancestor_thread_num(3) != -1) {
#pragma omp atomic
        wrong++;
      }
#pragma omp single
      {
#pragma omp atomic
        inner++;
      }
    }
    if (omp_get_thread_num() != outside || omp_get_level() != 1) {
#pragma omp atomic
      wrong++;
    }
  }
#pragma omp target teams distribute num_teams(2)                               \
    map(tofrom : in_task, serial, wrong)
  for (int t = 0; t < 2; t++) {
#pragma omp task
    {
#pragma omp parallel
#pragma omp single
      {
#pragma omp atomic
        in_task++;
      }
    }
#pragma omp taskwait
    omp_set_max_active_levels(0);
#pragma omp parallel
    if (omp_in_parallel() || omp_get_num_threads() != 1) {
#pragma omp atomic
      wrong++;
    }
    omp_set_max_active_levels(1);
    omp_set_num_threads(5);
    if (omp_get_max_threads() != 5) {
#pragma omp atomic
      wrong++;
    }
#pragma omp parallel if (serial < 0)
    if (omp_get_num_threads() != 1 || omp_get_level() != 1 ||
        omp_get_active_level() != 0) {
#pragma omp atomic
      wrong++;
    }
#pragma omp parallel
    {
#pragma omp parallel
      if (omp_get_num_threads() != 1 || omp_get_level() != 2 ||
          omp_get_active_level() != 1 || omp_get_team_size(1) != 5) {
#pragma omp atomic
        wrong++;
      }
    }
  }
  EXPECT_EQ(inner, N);
  EXPECT_EQ(in_task, 2);
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
