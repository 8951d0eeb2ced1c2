// A nestable lock can be set again by the task that holds it and is free after
// as many unsets; omp_test_nest_lock returns the depth (OpenMP 5.2, 18.9).
//
// OpenMP 5.2: 18.9.1 omp_init_nest_lock, omp_destroy_nest_lock
// OpenMP 5.2: 18.9.4 omp_set_nest_lock, omp_unset_nest_lock
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 5 };

#pragma omp begin declare target
static void add(omp_nest_lock_t *lock, int *counter, int depth) {
  omp_set_nest_lock(lock);
  (*counter)++;
  if (depth > 1)
    add(lock, counter, depth - 1);
  omp_unset_nest_lock(lock);
}
#pragma omp end declare target

int main(void) {
  int counter = 0, size = 0, depth[3] = {0};
#pragma omp target map(tofrom : counter, size) map(from : depth)
  {
    omp_nest_lock_t lock;
    omp_init_nest_lock(&lock);
    depth[0] = omp_test_nest_lock(&lock);
    depth[1] = omp_test_nest_lock(&lock);
    omp_unset_nest_lock(&lock);
    depth[2] = omp_test_nest_lock(&lock);
    omp_unset_nest_lock(&lock);
    omp_unset_nest_lock(&lock);
#pragma omp parallel shared(lock, counter, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++)
        add(&lock, &counter, 3);
    }
    omp_destroy_nest_lock(&lock);
  }
  EXPECT_EQ(depth[0], 1);
  EXPECT_EQ(depth[1], 2);
  EXPECT_EQ(depth[2], 2);
  EXPECT_EQ(counter, 3 * EACH * size);
  return expect_failures;
}
