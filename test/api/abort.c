// abort() on the device stops the program with status 134 (C17 7.22.4.1).
//
// C17: 7.22 stdlib.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <stdlib.h>

int main(void) {
#pragma omp target
  // CHECK: heddle: error: thread 0 (warp 0 of {{.*}}) called abort()
  abort();
  return 0;
}
