// Parallel regions inside tasks and taskloops, between deferred tasks and after
// them, with their own worksharing and tasks (OpenMP 5.2, 10.1, 12.5 and 12.6).
//
// OpenMP 5.2: 10.1 nested parallel; 18.5.2 omp_in_explicit_task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 6, N = 20 };

int main(void) {
  int sums[TASKS] = {0}, loops[TASKS] = {0}, tasks[TASKS] = {0}, after = 0;
  int early = 0, between = 0, levels = 0, explicit_task[3] = {0};
#pragma omp target map(tofrom : sums, loops, tasks, after, early, between,     \
                           levels, explicit_task)
  {
    // The initial thread's tasks may still run while it forks.
    for (int t = 0; t < TASKS; t++) {
#pragma omp task firstprivate(t) shared(sums)
      {
        int sum = 0;
#pragma omp parallel for reduction(+ : sum) num_threads(3)
        for (int i = 0; i < N; i++)
          sum += i;
        sums[t] += sum;
      }
#pragma omp parallel reduction(+ : between) num_threads(2)
      between += omp_get_thread_num() == 0;
    }
    explicit_task[0] = omp_in_explicit_task();
#pragma omp parallel shared(loops, tasks, levels, explicit_task)
    {
      if (omp_in_explicit_task()) {
#pragma omp atomic
        explicit_task[0]++;
      }
#pragma omp single
      {
#pragma omp taskloop grainsize(1)
        for (int t = 0; t < TASKS; t++) {
          int mine = 0;
#pragma omp parallel num_threads(4) reduction(+ : mine)
          {
            if (omp_get_thread_num() == 0)
              mine += omp_get_level() == 2 ? 100 : 0;
#pragma omp for nowait
            for (int i = 0; i < N; i++)
              mine++;
          }
          loops[t] = mine;
        }
        for (int t = 0; t < TASKS; t++) {
#pragma omp task firstprivate(t) shared(tasks, explicit_task)
          {
            explicit_task[1] = omp_in_explicit_task();
            int count = 0;
#pragma omp parallel num_threads(2) shared(count)
            {
#pragma omp task shared(count)
              {
#pragma omp atomic
                count++;
              }
              if (omp_in_explicit_task()) {
#pragma omp atomic
                explicit_task[2]++;
              }
              if (omp_get_thread_num() == 0) {
#pragma omp atomic
                count += 1000 - 10 * omp_get_num_threads();
              }
            }
            tasks[t] = count;
          }
        }
      }
    }
    for (int t = 0; t < TASKS; t++)
      early += tasks[t] != 0;
#pragma omp taskwait
#pragma omp parallel
#pragma omp single
    after = sums[0] + omp_get_num_threads() * 0;
  }
  for (int t = 0; t < TASKS; t++) {
    EXPECT_EQ(sums[t], N * (N - 1) / 2);
    EXPECT_EQ(loops[t], 100 + N);
    // Teams of one or two; each member has a task.
    EXPECT(tasks[t] == 991 || tasks[t] == 982);
  }
  EXPECT_EQ(between, TASKS);
  EXPECT_EQ(early, TASKS);
  EXPECT_EQ(after, N * (N - 1) / 2);
  EXPECT_EQ(explicit_task[0], 0);
  EXPECT_EQ(explicit_task[1], 1);
  EXPECT_EQ(explicit_task[2], 0);
  return expect_failures;
}
