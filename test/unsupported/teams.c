// A league of teams stops with the construct and its source line: not supported
// yet (OpenMP 5.2, 10.2).
//
// OpenMP 5.2: 10.2 teams; 11.6 distribute; 5.5.8 reduction on teams
// OpenMP 5.2: 11.7.1 bind(teams)
//
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
  int x = 0;
  // CHECK: heddle: error: {{.*}}teams
#pragma omp target teams num_teams(4) map(tofrom : x)
#pragma omp atomic
  x += 1;
  return x;
}
