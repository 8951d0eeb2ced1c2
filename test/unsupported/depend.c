// A task with a depend clause stops with the construct and its source line: not
// supported yet (OpenMP 5.2, 15.9.5).
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int x = 0;
#pragma omp target map(tofrom : x)
#pragma omp parallel
#pragma omp single
  {
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}depend{{.*}} at {{.*}}depend.c:[[#@LINE+1]]
#pragma omp task shared(x) depend(out : x)
    x = 1;
  }
  return x;
}
