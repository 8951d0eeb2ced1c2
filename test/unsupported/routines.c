// Routines that the device does not have yet stop the program with their name
// (OpenMP 5.2, 18.3, 18.4, 18.6, 18.8 and 18.15).
//
// OpenMP 5.2: 18.3.8 omp_set_affinity_format and its relatives
// OpenMP 5.2: 18.4.3 omp_set_num_teams, omp_set_teams_thread_limit
// OpenMP 5.2: 18.6 omp_pause_resource, omp_pause_resource_all
// OpenMP 5.2: 18.8 device memory routines on the device; 18.15 omp_display_env
//
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe 0 | FileCheck %s --check-prefix=FORMAT
// RUN: %faults %exe 1 | FileCheck %s --check-prefix=TEAMS
// RUN: %faults %exe 2 | FileCheck %s --check-prefix=PAUSE
// RUN: %faults %exe 3 | FileCheck %s --check-prefix=ALLOC
// RUN: %faults %exe 4 | FileCheck %s --check-prefix=DISPLAY

#include <omp.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  int which = argc > 1 ? atoi(argv[1]) : 0, called = 0;
#pragma omp target map(tofrom : called)
  switch (which) {
  case 0: // FORMAT: heddle: error: {{.*}}omp_set_affinity_format on the device
    omp_set_affinity_format("%n");
    break;
  case 1: // TEAMS: heddle: error: {{.*}}omp_set_num_teams on the device
    omp_set_num_teams(2);
    break;
  case 2: // PAUSE: heddle: error: {{.*}}omp_pause_resource_all on the device
    called = omp_pause_resource_all(omp_pause_soft);
    break;
  case 3: // ALLOC: heddle: error: {{.*}}omp_target_alloc on the device
    called = omp_target_alloc(4, 0) != NULL;
    break;
  default: // DISPLAY: heddle: error: {{.*}}omp_display_env on the device
    omp_display_env(0);
  }
  return called;
}
