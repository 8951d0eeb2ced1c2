// A taskgroup with task_reduction stops with the construct and its source line:
// not supported yet (OpenMP 5.2, 5.5.9).
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
    // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of {{.*}}) reached {{.*}}reduction
#pragma omp taskgroup task_reduction(+ : x)
    {
#pragma omp task in_reduction(+ : x)
      x += 1;
    }
  }
  return x;
}
