// A loop with ordered regions stops with the construct and its source line: not
// supported yet (OpenMP 5.2, 15.10.2).
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int x = 0;
#pragma omp target map(tofrom : x)
#pragma omp parallel
  {
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}ordered{{.*}} at {{.*}}ordered.c:[[#@LINE+1]]
#pragma omp for ordered
    for (int i = 0; i < 10; i++) {
#pragma omp ordered
      x += i;
    }
  }
  return x;
}
