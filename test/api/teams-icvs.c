// omp_set_num_teams and omp_set_teams_thread_limit set control variables of the
// device that can be read back, also in a later region; a device in use cannot
// be paused; omp_in_explicit_task tells tasks apart (OpenMP 5.2, 18.4, 18.6 and
// 18.5.4).
//
// OpenMP 5.2: 2.4 control variables
// OpenMP 5.2: 18.4.3 omp_set_num_teams, omp_set_teams_thread_limit
// OpenMP 5.2: 18.4.4 omp_get_max_teams, omp_get_teams_thread_limit
// OpenMP 5.2: 18.5.2 omp_in_explicit_task
// OpenMP 5.2: 18.6 omp_pause_resource, omp_pause_resource_all
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int teams[3], limit[3], all = 0, paused = 0, explicit[4];
#pragma omp target map(from : teams, limit, all, paused, explicit)
  {
    all = omp_get_thread_limit();
    teams[0] = omp_get_max_teams();
    limit[0] = omp_get_teams_thread_limit();
    omp_set_num_teams(5);
    omp_set_num_teams(-1); // without effect
    omp_set_teams_thread_limit(3);
    teams[1] = omp_get_max_teams();
    limit[1] = omp_get_teams_thread_limit();
    paused = (omp_pause_resource(omp_pause_soft, 0) != 0) +
             (omp_pause_resource_all(omp_pause_hard) != 0);
    explicit[0] = omp_in_explicit_task();
#pragma omp parallel num_threads(2)
#pragma omp single
    {
      explicit[1] = omp_in_explicit_task();
#pragma omp task shared(explicit)
      explicit[2] = omp_in_explicit_task();
#pragma omp task shared(explicit) if (0)
      explicit[3] = omp_in_explicit_task();
    }
  }
#pragma omp target map(from : teams [2:1], limit [2:1])
  {
    teams[2] = omp_get_max_teams();
    limit[2] = omp_get_teams_thread_limit();
    omp_set_teams_thread_limit(1 << 30); // more than there are
  }
  EXPECT_EQ(teams[0], 1);
  EXPECT_EQ(limit[0], all);
  EXPECT_EQ(teams[1], 5);
  EXPECT_EQ(limit[1], 3);
  EXPECT_EQ(teams[2], 5);
  EXPECT_EQ(limit[2], 3);
  EXPECT_EQ(paused, 2);
  EXPECT_EQ(explicit[0], 0);
  EXPECT_EQ(explicit[1], 0);
  EXPECT_EQ(explicit[2], 1);
  EXPECT_EQ(explicit[3], 1);
#pragma omp target map(from : limit [0:1])
  limit[0] = omp_get_teams_thread_limit();
  EXPECT_EQ(limit[0], all);
  return expect_failures;
}
