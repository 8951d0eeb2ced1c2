// An integer division by zero on the emulator is named (C17 6.5.5: undefined).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

int main(void) {
  volatile int zero = 0;
  int result = 0;
#pragma omp target map(to : zero) map(from : result)
  result = 7 / zero;
  // CHECK: heddle: error: {{.*}}divided an integer by zero
  return result;
}
