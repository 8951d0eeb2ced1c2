// Explicit threads run on the emulator only: on a GPU the first of them, and the
// first object that threads wait for, stops the program with a sentence.
//
// REQUIRES: gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <threads.h>

static int nothing(void *p) {
  (void)p;
  return 0;
}

int main(void) {
#pragma omp target
  {
    thrd_t t;
    thrd_create(&t, nothing, 0);
  }
  // CHECK: heddle: error: {{.*}}reached a thread, or an object that threads wait
  // CHECK-SAME: for, on a GPU, which Heddle does not support
  return 0;
}
