// With OMP_MAX_TASK_PRIORITY a thread runs the ready task of highest priority,
// whether it has created the tasks or comes to help; without it, and to a value
// above it, the clause makes no difference.  All tasks run (OpenMP 5.2, 12.4
// and 18.5.1).
//
// OpenMP 5.2: 12.4 priority; 18.5.1 omp_get_max_task_priority
// OpenMP 5.2: 21.2.9 OMP_MAX_TASK_PRIORITY
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_MAX_TASK_PRIORITY=8 %few-seeds %exe 8
// RUN: env OMP_MAX_TASK_PRIORITY=3 %few-seeds %exe 3
// RUN: %few-seeds %exe 0

#include "../expect.h"
#include <omp.h>
#include <stdlib.h>

enum { TASKS = 30, HIGHEST = 10 };

#pragma omp begin declare target
static int at; // how many tasks have run
static int priority_of(int task) { return 1 + task * 7 % HIGHEST; }
#pragma omp end declare target

// How often a task ran after one of lower priority, both clamped to `max`.
static int inversions(const int *order, int max) {
  int count = 0;
  for (int i = 1; i < TASKS; i++) {
    int before = priority_of(order[i - 1]), now = priority_of(order[i]);
    count += (before < max ? before : max) < (now < max ? now : max);
  }
  return count;
}

static void expect_all(const int *order) {
  int seen[TASKS] = {0};
  for (int i = 0; i < TASKS; i++)
    EXPECT(order[i] >= 0 && order[i] < TASKS && seen[order[i]]++ == 0);
}

// Thread 0 creates the tasks; `runner` runs them all, while the other thread
// computes something else.
static void run(int runner, int max) {
  int order[TASKS], told = -1, members = 0;
  for (int i = 0; i < TASKS; i++)
    order[i] = -1;
#pragma omp target map(tofrom : order, told, members)
  {
    int created = 0, done = 0;
    at = 0;
#pragma omp parallel num_threads(2) shared(order, created, done, told, members)
    {
#pragma omp atomic
      members++;
      int me = omp_get_thread_num(), seen = 0;
      if (me == 0) {
        told = omp_get_max_task_priority();
        for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(order, done) firstprivate(i) priority(priority_of(i))
          {
            order[at++] = i;
            if (at == TASKS) {
#pragma omp atomic write
              done = 1;
            }
          }
        }
#pragma omp atomic write seq_cst
        created = 1;
      }
      // The runner comes to a scheduling point once all have been created.
      while (!seen) {
        if (me == runner) {
#pragma omp atomic read seq_cst
          seen = created;
        } else {
#pragma omp atomic read seq_cst
          seen = done;
        }
      }
#pragma omp flush
#pragma omp barrier
    }
  }
  EXPECT_EQ(members, 2);
  EXPECT_EQ(told, max);
  expect_all(order);
  if (max > 0)
    EXPECT_EQ(inversions(order, max), 0);
}

// A tree in which every task has a priority, and waits for its children.
static void tree(void) {
  int sum = 0, loop = 0;
#pragma omp target map(tofrom : sum, loop)
#pragma omp parallel
#pragma omp single
  {
    for (int i = 0; i < 8; i++) {
#pragma omp task shared(sum) firstprivate(i) priority(i)
      {
        int part = 0;
        for (int k = 0; k < 4; k++) {
#pragma omp task shared(part) firstprivate(k) priority(4 - k)
          {
#pragma omp atomic
            part += k;
          }
#pragma omp task shared(part) depend(inout : part)
          {
#pragma omp atomic
            part += 10;
          }
#pragma omp task shared(part) depend(inout : part) priority(2)
          {
#pragma omp atomic
            part += 100;
          }
        }
#pragma omp taskwait
#pragma omp atomic
        sum += part;
      }
    }
#pragma omp taskloop shared(loop) priority(3) grainsize(2)
    for (int i = 0; i < 40; i++) {
#pragma omp atomic
      loop += i;
    }
  }
  EXPECT_EQ(sum, 8 * (6 + 40 + 400));
  EXPECT_EQ(loop, 40 * 39 / 2);
}

// Tasks of the initial thread.
static void initial(void) {
  int sum = 0;
#pragma omp target map(tofrom : sum)
  {
    for (int i = 0; i < 50; i++) {
#pragma omp task shared(sum) firstprivate(i) priority(i % 5)
      {
#pragma omp atomic
        sum += i;
      }
    }
#pragma omp parallel
    {
#pragma omp single
      { sum = sum == 50 * 49 / 2 ? 1 : -1; }
    }
    for (int i = 0; i < 50; i++) {
#pragma omp task shared(sum) priority(i % 5)
      {
#pragma omp atomic
        sum++;
      }
    }
  }
  EXPECT_EQ(sum, 51);
}

int main(int argc, char **argv) {
  int max = argc > 1 ? atoi(argv[1]) : 0;
  run(0, max);
  if (max > 0) // else a thread may keep tasks until it comes to a barrier
    run(1, max);
  tree();
  initial();
  return expect_failures;
}
