// The threads of a parallel region have the numbers 0 to n-1, each once, agree
// on n, and n is at most omp_get_max_threads() (OpenMP 5.2, 10.1.1).
//
// OpenMP 5.2: 10.1 parallel; 18.2.2 omp_get_num_threads
// OpenMP 5.2: 18.2.4 omp_get_thread_num
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MAX_THREADS = 16384 };

static int seen[MAX_THREADS], sizes[MAX_THREADS];

int main(void) {
  int maximum = 0;
#pragma omp target map(tofrom : seen, sizes) map(from : maximum)
  {
    maximum = omp_get_max_threads();
#pragma omp parallel shared(seen, sizes)
    {
      int me = omp_get_thread_num();
#pragma omp atomic
      seen[me]++;
      sizes[me] = omp_get_num_threads();
    }
  }
  int n = sizes[0];
  EXPECT(n >= 1 && n <= maximum);
  for (int i = 0; i < MAX_THREADS; i++) {
    EXPECT_EQ(seen[i], i < n);
    EXPECT_EQ(sizes[i], i < n ? n : 0);
  }
  return expect_failures;
}
