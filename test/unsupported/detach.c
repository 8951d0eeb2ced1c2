// A task with a detach clause stops with the construct and its source line: not
// supported yet (OpenMP 5.2, 12.5.2).
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int x = 0;
#pragma omp target map(tofrom : x)
  {
    omp_event_handle_t event;
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}detach{{.*}} at {{.*}}detach.c:[[#@LINE+1]]
#pragma omp task shared(x) detach(event)
    x = 1;
  }
  return x;
}
