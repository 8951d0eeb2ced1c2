// Two threads that take two locks in opposite order stop with a report that
// says who waits for what and where, instead of hanging (design 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
#pragma omp target
  {
    omp_lock_t lock[2];
    int holders = 0;
    omp_init_lock(&lock[0]);
    omp_init_lock(&lock[1]);
#pragma omp parallel num_threads(2) shared(lock, holders)
    {
      int me = omp_get_thread_num(), seen = 0;
      omp_set_lock(&lock[me]);
#pragma omp atomic
      holders++;
      while (seen < omp_get_num_threads()) {
#pragma omp atomic read
        seen = holders;
      }
      omp_set_lock(&lock[1 - me]);
    }
  }
  // CHECK: heddle: error: deadlock: no thread on the emulated device can go on
  // CHECK: 2 lanes waiting for omp_set_lock
  return 0;
}
