// In a nested parallel region omp_get_level, omp_get_ancestor_thread_num and
// omp_get_team_size describe every level; outside of all it is level 0 with one
// thread (OpenMP 5.2, 18.2.17 to 18.2.20).
//
// OpenMP 5.2: 10.1 nested parallel; 18.2.17 omp_get_level
// OpenMP 5.2: 18.2.18 omp_get_ancestor_thread_num; 18.2.19 omp_get_team_size
// OpenMP 5.2: 18.2.20 omp_get_active_level
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int initial[4] = {0}, wrong = 0, inner_runs = 0, outer = 0;
#pragma omp target map(from : initial) map(tofrom : wrong, inner_runs, outer)
  {
    initial[0] = omp_get_level();
    initial[1] = omp_get_team_size(0);
    initial[2] = omp_get_ancestor_thread_num(0);
    initial[3] = omp_get_ancestor_thread_num(1);
#pragma omp parallel num_threads(5) shared(wrong, inner_runs, outer)
    {
      int me = omp_get_thread_num(), size = omp_get_num_threads();
      if (me == 0)
        outer = size;
#pragma omp parallel num_threads(3) shared(wrong, inner_runs)
      {
        int bad = omp_get_level() != 2;
        bad |= omp_get_ancestor_thread_num(0) != 0;
        bad |= omp_get_ancestor_thread_num(1) != me;
        bad |= omp_get_ancestor_thread_num(2) != omp_get_thread_num();
        bad |= omp_get_ancestor_thread_num(3) != -1;
        bad |= omp_get_team_size(0) != 1;
        bad |= omp_get_team_size(1) != size;
        bad |= omp_get_team_size(2) != omp_get_num_threads();
        bad |= omp_get_team_size(3) != -1;
        bad |=
            omp_get_active_level() != (size > 1) + (omp_get_num_threads() > 1);
        if (omp_get_thread_num() == 0) {
#pragma omp atomic
          inner_runs++;
        }
#pragma omp atomic
        wrong += bad;
      }
      if (omp_get_level() != 1 || omp_get_thread_num() != me) {
#pragma omp atomic
        wrong++;
      }
    }
  }
  EXPECT_EQ(initial[0], 0);
  EXPECT_EQ(initial[1], 1);
  EXPECT_EQ(initial[2], 0);
  EXPECT_EQ(initial[3], -1);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(inner_runs, outer);
  return expect_failures;
}
