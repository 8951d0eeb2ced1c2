// `target parallel`, `target parallel for` and `target` with a lone parallel
// inside run user code once per thread of the team, not once per lane (OpenMP
// 5.2, 13.8 and 17.3; design 3.6).
//
// OpenMP 5.2: 17.3 target parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { MAX_THREADS = 16384, N = 300 };

static int seen[MAX_THREADS];

int main(void) {
  int size = 0, hits[N] = {0};
#pragma omp target parallel map(tofrom : seen, size)
  {
    if (omp_get_thread_num() == 0)
      size = omp_get_num_threads();
#pragma omp atomic
    seen[omp_get_thread_num()]++;
  }
  EXPECT(size >= 1);
  for (int i = 0; i < MAX_THREADS; i++)
    EXPECT_EQ(seen[i], i < size);

#pragma omp target parallel for map(tofrom : hits)
  for (int i = 0; i < N; i++)
    hits[i] += i + 1;
  for (int i = 0; i < N; i++)
    EXPECT_EQ(hits[i], i + 1);

  int limited = 0;
#pragma omp target parallel num_threads(3) map(tofrom : limited)
#pragma omp atomic
  limited++;
  EXPECT(limited >= 1 && limited <= 3);
  return expect_failures;
}
