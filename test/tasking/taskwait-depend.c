// A taskwait with depend waits for the tasks it depends on and not for others
// (OpenMP 5.2, 15.5).
//
// OpenMP 5.2: 15.5 taskwait depend
//
// The other task ends only after the taskwait has, unless it runs on the
// waiting thread.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int written = -1, x = 0;
#pragma omp target map(from : written) map(tofrom : x)
  {
    int passed = 0, y = 0;
#pragma omp parallel
#pragma omp single
    {
      int parent = omp_get_thread_num();
#pragma omp task depend(out : y) shared(passed, y) firstprivate(parent)
      {
        int open = 0;
        while (!open && omp_get_thread_num() != parent) {
#pragma omp atomic read acquire
          open = passed;
        }
        y = 1;
      }
      for (int i = 0; i < 3; i++) {
#pragma omp task depend(inout : x) shared(x)
        x++;
      }
#pragma omp taskwait depend(in : x)
      written = x;
#pragma omp atomic write release
      passed = 1;
    }
  }
  EXPECT_EQ(written, 3);
  return expect_failures;
}
