// The chunks of a guided loop are at least the chunk size, the last one
// excepted (OpenMP 5.2, 11.5.3).
//
// OpenMP 5.2: 11.5.3 schedule(guided)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 2000, CHUNK = 8 };

static int thread[N];

int main(void) {
#pragma omp target map(tofrom : thread)
  {
#pragma omp parallel for schedule(guided, CHUNK) shared(thread)
    for (int i = 0; i < N; i++)
      thread[i] = omp_get_thread_num();
  }
  // Consecutive iterations of one thread are one or more whole chunks.
  int run = 1, shortest = N;
  for (int i = 1; i < N; i++) {
    if (thread[i] != thread[i - 1]) {
      shortest = run < shortest ? run : shortest;
      run = 0;
    }
    run++;
  }
  EXPECT(shortest >= CHUNK);
  return expect_failures;
}
