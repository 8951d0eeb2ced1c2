// Under schedule(dynamic) a thread that is late leaves its share to the others:
// a loop ends although thread 0 waits for the rest of it (OpenMP 5.2, 11.5.3).
//
// OpenMP 5.2: 11.5.3 schedule(dynamic)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 40 };

int main(void) {
  int done = 0;
#pragma omp target map(tofrom : done)
  {
#pragma omp parallel shared(done)
    {
      int n = omp_get_num_threads();
#pragma omp for schedule(dynamic, 1)
      for (int i = 0; i < N; i++) {
        int seen = 0;
        // The thread with iteration 0 keeps it until all others are done.
        while (i == 0 && n > 1 && seen < N - 1) {
#pragma omp atomic read
          seen = done;
        }
#pragma omp atomic
        done++;
      }
    }
  }
  EXPECT_EQ(done, N);
  return expect_failures;
}
