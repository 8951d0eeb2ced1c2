// A function that the device does not have is named before anything runs.
//
// C17: 7.1 functions that are not there
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %refuses %exe | FileCheck %s

#include <stdlib.h>

int main(void) {
  int status = 0;
#pragma omp target map(from : status)
  // CHECK: heddle: error: {{.*}}the program uses `system` on the device
  status = system("true");
  return status;
}
