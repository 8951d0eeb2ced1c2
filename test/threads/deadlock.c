// Threads that wait for each other stop with a report that says, for each warp,
// what one of its threads waits for, instead of hanging (design 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <heddle.h>

static int take_both(void *p) {
  mtx_t *mutex = p;
  int first = heddle_warp_id() & 0;
  mtx_lock(&mutex[first]);
  thrd_yield();
  mtx_lock(&mutex[1 - first]);
  return 0;
}

int main(void) {
#pragma omp target
  {
    mtx_t mutex[2];
    mtx_init(&mutex[0], mtx_plain);
    mtx_init(&mutex[1], mtx_plain);
    mtx_lock(&mutex[1]);
    thrd_t id;
    heddle_options options = {.place = 1}; /* not on this warp */
    heddle_spawn(&id, take_both, mutex, &options);
    thrd_join(id, NULL);
  }
  // CHECK: heddle: error: deadlock: no thread on the emulated device can go on
  // CHECK-DAG: waiting for thrd_join
  // CHECK-DAG: waiting for mtx_lock
  return 0;
}
