// A simple lock is held by one thread at a time; plain writes under it are seen
// by the next holder (OpenMP 5.2, 18.9.4 and 18.9.5).
//
// OpenMP 5.2: 18.9.1 omp_init_lock, omp_destroy_lock
// OpenMP 5.2: 18.9.4 omp_set_lock, omp_unset_lock
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 10 };

int main(void) {
  int counter = 0, steps = 0, size = 0;
#pragma omp target map(tofrom : counter, steps, size)
  {
    omp_lock_t lock;
    omp_init_lock(&lock);
#pragma omp parallel shared(lock, counter, steps, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
        omp_set_lock(&lock);
        int before = counter;
#pragma omp atomic
        steps++; // others run here if they can
        counter = before + 1;
        omp_unset_lock(&lock);
      }
    }
    omp_destroy_lock(&lock);
  }
  EXPECT_EQ(counter, EACH * size);
  return expect_failures;
}
