// __builtin_trap on the device stops the program and says where it was (design
// 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
#pragma omp target
#pragma omp parallel num_threads(3)
  if (omp_get_thread_num() == omp_get_num_threads() - 1)
    __builtin_trap();
  // CHECK: heddle: error: thread {{[0-9]+}} (warp {{[0-9]+}} of the emulator) executed a trap
  return 0;
}
