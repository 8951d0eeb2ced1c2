// reduction(task, ...) on parallel, for and sections: what the members' tasks
// add with in_reduction counts beside what the members add themselves (OpenMP
// 5.2, 5.5.8, 5.5.10).
//
// OpenMP 5.2: 5.5.8 reduction(task); 5.5.10 in_reduction
//
// clang 22 and libomp get this wrong on the host.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { EACH = 3, N = 90 };

#pragma omp begin declare target
static long orphan;
static void add(long n) {
#pragma omp task in_reduction(+ : orphan)
  orphan += n;
}
#pragma omp end declare target

int main(void) {
  int threads = 0, members = 100, tasks = 7, sections = 1;
  long sum = 1, got_orphan = 0;
  double low = 1e9;
#pragma omp target map(tofrom : threads, members, tasks, sections, sum, low)   \
    map(from : got_orphan)
  {
    orphan = 4;
#pragma omp parallel reduction(task, + : members, tasks) reduction(+ : threads)
    {
      threads++;
      members++;
      for (int i = 0; i < EACH; i++) {
#pragma omp task in_reduction(+ : tasks, members)
        {
          tasks += 10;
#pragma omp task in_reduction(+ : tasks, members)
          {
            tasks += 1000;
            members += 1000;
          }
        }
      }
    }
#pragma omp parallel
    {
#pragma omp for reduction(task, + : sum) reduction(task, min : low)            \
    schedule(dynamic, 2)
      for (int i = 0; i < N; i++) {
        sum += 1;
#pragma omp task in_reduction(+ : sum) in_reduction(min : low)
        {
          sum += 100 * i;
          low = 50.5 - i < low ? 50.5 - i : low;
        }
      }
#pragma omp for reduction(task, + : orphan)
      for (int i = 0; i < N; i++)
        add(i);
#pragma omp sections reduction(task, + : sections)
      {
#pragma omp section
        {
#pragma omp task in_reduction(+ : sections)
          sections += 10;
        }
#pragma omp section
        sections += 100;
#pragma omp section
        {
#pragma omp taskgroup task_reduction(+ : sections)
          {
#pragma omp task in_reduction(+ : sections)
            sections += 1000;
          }
        }
      }
    }
    got_orphan = orphan;
  }
  EXPECT(threads >= 1);
  EXPECT_EQ(members, 100 + threads * (1 + 1000 * EACH));
  EXPECT_EQ(tasks, 7 + threads * 1010 * EACH);
  EXPECT_EQ(sum, 1 + N + 100 * N * (N - 1) / 2);
  EXPECT_EQ(low * 2, 101 - 2 * (N - 1));
  EXPECT_EQ(got_orphan, 4 + N * (N - 1) / 2);
  EXPECT_EQ(sections, 1111);
  return expect_failures;
}
