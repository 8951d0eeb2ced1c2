// A function that the device does not have is named before anything runs.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %refuses %exe | FileCheck %s

#include <stdlib.h>

static int compare(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

int main(void) {
  int numbers[2] = {2, 1};
#pragma omp target map(tofrom : numbers)
  // CHECK: heddle: error: {{.*}}the program uses `qsort` on the device
  qsort(numbers, 2, sizeof *numbers, compare);
  return numbers[0];
}
