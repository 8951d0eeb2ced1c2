// With HEDDLE_WATCHDOG=1,stop a launch in which every thread has waited for a
// second says which threads wait for what and where, and ends when that lasts
// (design 10).  The emulator's second is a virtual millisecond.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_WATCHDOG=1,stop %faults %exe > %t.out
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=LOCK < %t.out
// RUN: FileCheck %s --check-prefix=BARRIER < %t.out
//
// The emulator goes on to find the deadlock, and only warns before.
// RUN: %if emulator %{ env HEDDLE_WATCHDOG=1 %faults %exe \
// RUN:   | FileCheck %s --check-prefix=GOES-ON %}

#include <omp.h>
#include <stdio.h>

int main(void) {
#pragma omp target
  {
    omp_lock_t lock;
    omp_init_lock(&lock);
    omp_set_lock(&lock);
    // CHECK: before
    puts("before");
#pragma omp parallel num_threads(3) shared(lock)
    {
      if (omp_get_thread_num() == 1)
        omp_set_lock(&lock);
        // LOCK: thread 1 (warp 1 of {{.*}}) has waited for omp_set_lock for {{.*}} s; all threads of the launch wait; look for
        // BARRIER: thread {{[02]}} (warp {{[02]}} of {{.*}}) has waited for barrier for {{.*}} s at {{.*}}watchdog.c:[[#@LINE+1]] in main; all threads
#pragma omp barrier
    }
    // CHECK: error: thread {{[012]}} {{.*}}, and HEDDLE_WATCHDOG says to stop
    // CHECK-NOT: heddle:
    // GOES-ON: heddle: warning: {{.*}} has waited for
    // GOES-ON: heddle: error: deadlock
    puts("after");
  }
  return 0;
}
