// Routines that only the host has are named before the program runs
// (OpenMP 5.2, 18.12 and 18.14).
//
// OpenMP 5.2: 18.14 omp_control_tool
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %refuses %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int result = 0;
  // CHECK: heddle: error: {{.*}}`omp_control_tool` on the device
#pragma omp target map(tofrom : result)
  result = omp_control_tool(omp_control_tool_start, 0, NULL);
  return result;
}
