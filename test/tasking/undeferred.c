// A task with a false if clause is undeferred: the generating task goes on only
// after it has ended, and the same thread runs it (OpenMP 5.2, 12.5).
//
// OpenMP 5.2: 3.4 if
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 50 };

int main(void) {
  int in_order = 0, same_thread = 0, threads = 0;
#pragma omp target map(tofrom : in_order, same_thread, threads)
  {
    int ended = 0;
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      int self = omp_get_thread_num();
      for (int i = 0; i < TASKS; i++) {
        int runner = -1;
#pragma omp task shared(ended, runner) if (i < 0)
        {
          runner = omp_get_thread_num();
          ended++;
        }
        in_order += ended == i + 1;
        same_thread += runner == self;
      }
    }
  }
  EXPECT(threads >= 1);
  EXPECT_EQ(in_order, TASKS);
  EXPECT_EQ(same_thread, TASKS);
  return expect_failures;
}
