// omp_display_env prints the version and the device's control variables to
// stderr (OpenMP 5.2, 18.15).
//
// OpenMP 5.2: 18.15 omp_display_env
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_CANCELLATION=true OMP_MAX_TASK_PRIORITY=7 HEDDLE_NUM_THREADS=6 \
// RUN:   %run %exe > %t.out 2> %t.err
// RUN: cat %t.out %t.err | FileCheck %s

#include <omp.h>
#include <stdio.h>

int main(void) {
  // CHECK: version: [[VERSION:[0-9]+]]
  printf("version: %d\n", _OPENMP);
#pragma omp target
  {
    omp_set_schedule(omp_sched_guided, 3); // not the initial value
    omp_display_env(0);
  }
  // CHECK-NEXT: OPENMP DISPLAY ENVIRONMENT BEGIN
  // CHECK-NEXT: _OPENMP='[[VERSION]]'
  // CHECK-NEXT: [device] OMP_CANCELLATION='TRUE'
  // CHECK-NEXT: [device] OMP_DYNAMIC='FALSE'
  // CHECK-NEXT: [device] OMP_MAX_ACTIVE_LEVELS='255'
  // CHECK-NEXT: [device] OMP_MAX_TASK_PRIORITY='7'
  // CHECK-NEXT: [device] OMP_NUM_THREADS='6'
  // CHECK-NEXT: [device] OMP_SCHEDULE='STATIC'
  // CHECK-NEXT: [device] OMP_THREAD_LIMIT='6'
  // CHECK-NEXT: OPENMP DISPLAY ENVIRONMENT END
  // CHECK-NOT: {{.}}
  return 0;
}
