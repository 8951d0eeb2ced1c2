// exit() on the device ends the process with its status, and nothing that was
// written before is lost (C17 7.22.4.4).
//
// C17: 7.22 stdlib.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %status 7 %exe > %t.out
// RUN: FileCheck %s < %t.out

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  // CHECK: the host said this
  printf("the host said this\n");
#pragma omp target
#pragma omp parallel num_threads(4)
  {
    if (omp_get_thread_num() == 2)
      exit(7);
#pragma omp barrier
  }
  // CHECK-NOT: too late
  printf("too late\n");
  return 0;
}
