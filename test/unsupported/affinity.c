// A task with an affinity clause stops with the construct and its source line:
// not supported yet (OpenMP 5.2, 12.5.1).
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
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}affinity{{.*}} at {{.*}}affinity.c:[[#@LINE+1]]
#pragma omp task shared(x) affinity(x)
    x = 1;
  }
  return x;
}
