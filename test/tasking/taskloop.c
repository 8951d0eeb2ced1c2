// A taskloop runs each iteration exactly once and waits for its tasks at its
// end; grainsize and num_tasks bound the chunks (OpenMP 5.2, 12.6).
//
// OpenMP 5.2: 12.6 taskloop; 12.6.1 grainsize; 12.6.2 num_tasks
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 100 };

int main(void) {
  int plain[N] = {0}, grain[N] = {0}, count[N] = {0}, seen = -1;
#pragma omp target map(tofrom : plain, grain, count) map(from : seen)
  {
    int done = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp taskloop shared(plain, done)
      for (int i = 0; i < N; i++) {
        plain[i]++;
#pragma omp atomic
        done++;
      }
#pragma omp atomic read
      seen = done;
#pragma omp taskloop grainsize(7) shared(grain)
      for (int i = N - 1; i >= 0; i -= 3)
        grain[i]++;
#pragma omp taskloop num_tasks(5) shared(count)
      for (int i = 10; i < 60; i++)
        count[i]++;
    }
  }
  EXPECT_EQ(seen, N);
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(plain[i], 1);
    EXPECT_EQ(grain[i], i % 3 == 0);
    EXPECT_EQ(count[i], i >= 10 && i < 60);
  }
  return expect_failures;
}
