// A map with the modifier present of data that the device does not have stops
// the program (OpenMP 5.2, 5.8.3).
//
// OpenMP 5.2: 5.8.3 map(present)
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %aborts %exe | FileCheck %s

int main(void) {
  int absent[4] = {0};
  // CHECK: device mapping required by 'present' map type modifier does not exist for host address
#pragma omp target map(present, tofrom : absent)
  absent[0] = 1;
  return 0;
}
