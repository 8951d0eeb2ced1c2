// A single construct with copyprivate stops with the construct and its source
// line: not supported yet (OpenMP 5.2, 5.7.2).
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
    int y = 0;
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}copyprivate{{.*}} at {{.*}}copyprivate.c:[[#@LINE+1]]
#pragma omp single copyprivate(y)
    y = 5;
#pragma omp atomic
    x += y;
  }
  return x;
}
