// The initial thread of each team creates tasks, waits for them, and forks a
// parallel region in between (OpenMP 5.2, 12.5, 15.5, 15.9.5).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { TEAMS = 3, TASKS = 50 };

#pragma omp begin declare target
static long fib(int n) {
  if (n < 2)
    return n;
  long a, b;
#pragma omp task shared(a)
  a = fib(n - 1);
#pragma omp task shared(b)
  b = fib(n - 2);
#pragma omp taskwait
  return a + b;
}
#pragma omp end declare target

int main(void) {
  long fibs[TEAMS] = {0};
  int sum[TEAMS] = {0}, after[TEAMS] = {0}, chain[TEAMS] = {0}, group[TEAMS];
  int parallel[TEAMS] = {0}, late[TEAMS] = {0}, loop[TEAMS] = {0};
#pragma omp target teams distribute num_teams(TEAMS) map(from : group)         \
    map(tofrom : fibs, sum, after, chain, parallel, late, loop)
  for (int t = 0; t < TEAMS; t++) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < TASKS; i++) {
#pragma omp task
        {
#pragma omp atomic
          sum[t] += i;
        }
      }
#pragma omp taskwait
      after[t] += sum[t];
#pragma omp parallel
      {
#pragma omp atomic
        parallel[t]++;
      }
    }
    fibs[t] = fib(10);
    for (int i = 0; i < 10; i++) {
#pragma omp task depend(inout : chain[t])
      chain[t] = chain[t] * 2 + 1;
    }
#pragma omp taskgroup
    {
#pragma omp task
      {
#pragma omp task
        group[t] = 5;
      }
    }
    group[t]++;
#pragma omp taskloop
    for (int i = 0; i < TASKS; i++) {
#pragma omp atomic
      loop[t]++;
    }
#pragma omp task
    late[t] = 1;
  }
  for (int t = 0; t < TEAMS; t++) {
    EXPECT_EQ(sum[t], TASKS * (TASKS - 1));
    EXPECT_EQ(after[t], TASKS * (TASKS - 1) * 3 / 2);
    EXPECT(parallel[t] >= 2);
    EXPECT_EQ(fibs[t], 55);
    EXPECT_EQ(chain[t], 1023);
    EXPECT_EQ(group[t], 6);
    EXPECT_EQ(loop[t], TASKS);
    EXPECT_EQ(late[t], 1);
  }
  return expect_failures;
}
