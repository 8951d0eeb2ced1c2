// A loop with doacross dependences stops with the construct and its source
// line: not supported yet (OpenMP 5.2, 15.9.6).
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int x[10] = {0};
#pragma omp target map(tofrom : x)
#pragma omp parallel
  {
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}doacross{{.*}} at {{.*}}doacross.c:[[#@LINE+1]]
#pragma omp for ordered(1)
    for (int i = 1; i < 10; i++) {
#pragma omp ordered depend(sink : i - 1)
      x[i] = x[i - 1] + 1;
#pragma omp ordered depend(source)
    }
  }
  return x[9];
}
