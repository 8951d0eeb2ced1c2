// A taskwait with a depend clause stops with the construct and its source line:
// not supported yet (OpenMP 5.2, 15.5).
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
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}depend{{.*}} at {{.*}}taskwait-depend.c:[[#@LINE+1]]
#pragma omp taskwait depend(in : x)
  }
  return x;
}
