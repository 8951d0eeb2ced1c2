// A nestable lock belongs to a task, not to a thread: another task on the same
// thread cannot take it (OpenMP 5.2, 18.9).
//
// OpenMP 5.2: 18.9.4 omp_set_nest_lock, omp_unset_nest_lock
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int taken = -1, again = -1;
#pragma omp target map(from : taken, again)
  {
    omp_nest_lock_t lock;
    omp_init_nest_lock(&lock);
    omp_set_nest_lock(&lock);
#pragma omp task shared(lock, taken) if (0)
    taken = omp_test_nest_lock(&lock);
    again = omp_test_nest_lock(&lock);
    omp_unset_nest_lock(&lock);
    omp_unset_nest_lock(&lock);
    omp_destroy_nest_lock(&lock);
  }
  EXPECT_EQ(taken, 0);
  EXPECT_EQ(again, 2);
  return expect_failures;
}
