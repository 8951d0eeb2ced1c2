// Threads that poll a nestable lock with omp_test_nest_lock exclude each other
// (OpenMP 5.2, 18.9.6).
//
// OpenMP 5.2: 18.9.6 omp_test_nest_lock
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int counter = 0, steps = 0, size = 0;
#pragma omp target map(tofrom : counter, steps, size)
  {
    omp_nest_lock_t lock;
    omp_init_nest_lock(&lock);
#pragma omp parallel shared(lock, counter, steps, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < 5; i++) {
        while (!omp_test_nest_lock(&lock))
          ;
        int before = counter;
#pragma omp atomic
        steps++; // others run here if they can
        counter = before + 1;
        omp_unset_nest_lock(&lock);
      }
    }
    omp_destroy_nest_lock(&lock);
  }
  EXPECT_EQ(counter, 5 * size);
  return expect_failures;
}
