// What the query routines say on the initial thread of a device: one thread,
// level 0, and as many processors as threads of a team (OpenMP 5.2, 18.2
// and 18.7).
//
// OpenMP 5.2: 18.2.14 omp_get_supported_active_levels; 18.4.1 omp_get_num_teams
// OpenMP 5.2: 18.4.2 omp_get_team_num
// OpenMP 5.2: 18.4.4 omp_get_max_teams, omp_get_teams_thread_limit
// OpenMP 5.2: 18.5.1 omp_get_max_task_priority; 18.7.1 omp_get_num_procs
// OpenMP 5.2: 18.7.4 omp_get_num_devices; 18.7.5 omp_get_device_num
// OpenMP 5.2: 18.7.6 omp_is_initial_device
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int q[21], devices = omp_get_num_devices();
#pragma omp target map(from : q)
  {
    q[0] = omp_get_thread_num();
    q[1] = omp_get_num_threads();
    q[2] = omp_in_parallel();
    q[3] = omp_get_level();
    q[4] = omp_get_active_level();
    q[5] = omp_get_max_threads();
    q[6] = omp_get_num_procs();
    q[7] = omp_get_thread_limit();
    q[8] = omp_get_num_teams();
    q[9] = omp_get_team_num();
    q[10] = omp_is_initial_device();
    q[11] = omp_get_supported_active_levels();
    q[12] = omp_get_max_active_levels();
    q[13] = omp_in_final();
    q[14] = omp_get_cancellation();
    q[15] = omp_get_max_task_priority();
    q[16] = omp_get_num_devices();
    q[17] = omp_get_device_num();
    q[18] = omp_get_initial_device();
    q[19] = omp_get_max_teams();
    q[20] = omp_get_teams_thread_limit();
  }
  EXPECT_EQ(q[0], 0);
  EXPECT_EQ(q[1], 1);
  EXPECT_EQ(q[2], 0);
  EXPECT_EQ(q[3], 0);
  EXPECT_EQ(q[4], 0);
  EXPECT(q[5] >= 2);
  EXPECT(q[6] >= q[5] || q[10]);
  EXPECT(q[7] >= q[5]);
  EXPECT_EQ(q[8], 1);
  EXPECT_EQ(q[9], 0);
  EXPECT_EQ(q[10], devices == 0);
  EXPECT(q[11] >= 1);
  EXPECT(q[12] >= 1 && q[12] <= q[11]);
  EXPECT_EQ(q[13], 0);
  EXPECT_EQ(q[14], 0);
  EXPECT(q[15] >= 0);
  EXPECT_EQ(q[16], devices);
  EXPECT_EQ(q[17], omp_get_default_device());
  EXPECT_EQ(q[18], devices);
  EXPECT(q[19] >= 1 || q[10]);
  EXPECT(q[20] >= q[5] || q[10]);
  return expect_failures;
}
