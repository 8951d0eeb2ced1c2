// schedule(static, c) deals chunks of c iterations round robin in thread order,
// static one contiguous block at most per thread (OpenMP 5.2, 11.5.3).
//
// OpenMP 5.2: 11.5.3 schedule(static)
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 203, FORMS = 4 };

static int owner[FORMS][N], hits[FORMS][N];

int main(void) {
  int size = 0;
#pragma omp target map(tofrom : owner, hits, size)
  {
#pragma omp parallel shared(owner, hits, size)
    {
      int me = omp_get_thread_num();
      if (me == 0)
        size = omp_get_num_threads();
#pragma omp for schedule(static)
      for (int i = 0; i < N; i++)
        owner[0][i] = me, hits[0][i]++;
#pragma omp for schedule(static, 1)
      for (int i = 0; i < N; i++)
        owner[1][i] = me, hits[1][i]++;
#pragma omp for schedule(static, 7) nowait
      for (int i = 0; i < N; i++)
        owner[2][i] = me, hits[2][i]++;
#pragma omp for schedule(static, 1000)
      for (int i = 0; i < N; i++)
        owner[3][i] = me, hits[3][i]++;
    }
  }
  for (int i = 0; i < N; i++) {
    for (int form = 0; form < FORMS; form++)
      EXPECT_EQ(hits[form][i], 1);
    EXPECT_EQ(owner[1][i], i % size);
    EXPECT_EQ(owner[2][i], i / 7 % size);
    EXPECT_EQ(owner[3][i], 0);
  }
  static int blocks[16384]; // of each thread
  for (int i = 0; i < N; i++)
    if (i == 0 || owner[0][i] != owner[0][i - 1])
      EXPECT_EQ(blocks[owner[0][i]]++, 0);
  return expect_failures;
}
