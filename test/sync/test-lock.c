// omp_test_lock takes a free lock and returns true, or returns false at once
// (OpenMP 5.2, 18.9.6).
//
// OpenMP 5.2: 18.9.6 omp_test_lock
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 6 };

int main(void) {
  int counter = 0, steps = 0, size = 0, free_lock = 0, taken = 1;
#pragma omp target map(tofrom : counter, steps, size)                          \
    map(from : free_lock, taken)
  {
    omp_lock_t lock, held;
    omp_init_lock(&lock);
    omp_init_lock(&held);
    free_lock = omp_test_lock(&held);
#pragma omp task shared(held, taken) if (0)
    taken = omp_test_lock(&held);
    omp_unset_lock(&held);
    omp_destroy_lock(&held);
#pragma omp parallel shared(lock, counter, steps, size)
    {
      if (omp_get_thread_num() == 0)
        size = omp_get_num_threads();
      for (int i = 0; i < EACH; i++) {
        while (!omp_test_lock(&lock))
          ;
        int before = counter;
#pragma omp atomic
        steps++; // others run here if they can
        counter = before + 1;
        omp_unset_lock(&lock);
      }
    }
    omp_destroy_lock(&lock);
  }
  EXPECT(free_lock);
  EXPECT(!taken);
  EXPECT_EQ(counter, EACH * size);
  return expect_failures;
}
