// Tasks that take part in a reduction create tasks that do so too: each names
// the copy of its creator, which may have been another thread's; the result is
// the same with one variable and with several (OpenMP 5.2, 5.5.10).
//
// OpenMP 5.2: 5.5.9 task_reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { DEPTH = 8 };

#pragma omp begin declare target
static int total, turns;
static long leaves[3];

static void tree(int depth) {
#pragma omp task in_reduction(+ : total, leaves)
  {
    int before = total;
#pragma omp atomic
    turns++;
    total = before + depth;
    if (depth) {
      tree(depth - 1);
      tree(depth - 1);
      total += 1000;
    } else {
      leaves[before % 3]++;
    }
  }
}
#pragma omp end declare target

int main(void) {
  int sum = 3, nested = 0;
  int got_total = 0, got_turns = 0;
  long got_leaves = 0;
#pragma omp target map(tofrom : sum, nested)                                   \
    map(from : got_total, got_turns, got_leaves)
  {
    total = 5;
    turns = 0;
    for (int i = 0; i < 3; i++)
      leaves[i] = 0;
#pragma omp parallel
#pragma omp single
    {
      // Found by address: the tasks are in another function.
#pragma omp taskgroup task_reduction(+ : total, leaves)
      tree(DEPTH);
      // Found by handle, three tasks deep.
#pragma omp taskgroup task_reduction(+ : sum)
      for (int i = 0; i < 20; i++) {
#pragma omp task in_reduction(+ : sum)
        {
          sum += 1;
          for (int k = 0; k < 2; k++) {
#pragma omp task in_reduction(+ : sum)
            {
              sum += 100;
#pragma omp task in_reduction(+ : sum)
              sum += 10000;
            }
          }
        }
      }
      // A taskgroup inside reduces the copy of the task around it.
#pragma omp taskgroup task_reduction(+ : nested)
      for (int i = 0; i < 10; i++) {
#pragma omp task in_reduction(+ : nested)
        {
          int before = nested;
#pragma omp taskgroup task_reduction(+ : nested)
          for (int k = 0; k < 4; k++) {
#pragma omp task in_reduction(+ : nested)
            nested += 10;
          }
          if (nested - before == 40)
            nested += 1;
        }
      }
    }
    got_total = total;
    got_turns = turns;
    got_leaves = leaves[0] + leaves[1] + leaves[2];
  }
  int want = 5, nodes = 0;
  for (int depth = DEPTH; depth >= 0; depth--) {
    int here = 1 << (DEPTH - depth);
    want += here * (depth + (depth ? 1000 : 0));
    nodes += here;
  }
  EXPECT_EQ(got_total, want);
  EXPECT_EQ(got_turns, nodes);
  EXPECT_EQ(got_leaves, 1 << DEPTH);
  EXPECT_EQ(sum, 3 + 20 + 4000 + 400000);
  EXPECT_EQ(nested, 410);
  return expect_failures;
}
