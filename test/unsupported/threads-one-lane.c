// A target region with thread_limit(1) has one hardware thread on a GPU, and so
// no lane for another thread: the first one stops the program with a sentence.
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
#pragma omp target thread_limit(1)
  {
    thrd_t t;
    thrd_create(&t, nothing, 0);
  }
  // CHECK: heddle: error: {{.*}}reached a new thread in a target region of one
  // CHECK-SAME: hardware thread
  return 0;
}
