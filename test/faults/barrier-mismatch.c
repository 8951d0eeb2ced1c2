// Threads at a barrier that one thread of the team never reaches, since it waits
// for a lock of one of them, are reported with the line of the barrier (OpenMP
// 5.2, 15.3.1; design 8).
//
// OpenMP 5.2: 15.3.1 barrier
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <omp.h>

int main(void) {
#pragma omp target
  {
    omp_lock_t lock;
    omp_init_lock(&lock);
    omp_set_lock(&lock);
#pragma omp parallel num_threads(4) shared(lock)
    {
      if (omp_get_thread_num() == 1)
        omp_set_lock(&lock);
      // CHECK: heddle: error: deadlock
      // CHECK: waiting for barrier at {{.*}}barrier-mismatch.c:[[#@LINE+1]]
#pragma omp barrier
    }
  }
  return 0;
}
