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
  int tasks[3] = {0};
#pragma omp target map(tofrom : plain, grain, count, tasks) map(from : seen)
  {
    int done = 0, first = 1; // of the iterations of a task
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
#pragma omp taskloop grainsize(7) shared(grain, tasks) firstprivate(first)
      for (int i = N - 1; i >= 0; i -= 3) {
        grain[i]++;
#pragma omp atomic
        tasks[0] += first;
        first = 0;
      }
#pragma omp taskloop num_tasks(5) shared(count, tasks) firstprivate(first)
      for (int i = 10; i < 60; i++) {
        count[i]++;
#pragma omp atomic
        tasks[1] += first;
        first = 0;
      }
#pragma omp taskloop num_tasks(37) shared(tasks) firstprivate(first)
      for (int i = 0; i < N; i++) {
#pragma omp atomic
        tasks[2] += first;
        first = 0;
      }
    }
  }
  EXPECT_EQ(seen, N);
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(plain[i], 1);
    EXPECT_EQ(grain[i], i % 3 == 0);
    EXPECT_EQ(count[i], i >= 10 && i < 60);
  }
  EXPECT_EQ(tasks[0], 4); // of 34 iterations
  EXPECT_EQ(tasks[1], 5);
  EXPECT_EQ(tasks[2], 37);
  return expect_failures;
}
