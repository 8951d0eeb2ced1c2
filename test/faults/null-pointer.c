// A null dereference on the device is named with the address and the kernel
// (design 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

int main(void) {
  int *volatile nowhere = 0;
#pragma omp target map(to : nowhere)
  *nowhere = 1;
  // CHECK: heddle: error: {{.*}}accessed memory that is not there, at address 0
  return 0;
}
