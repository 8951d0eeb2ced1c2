// 1000 tasks in a random tree all run exactly once, and a taskwait in each
// sees the results of its children (OpenMP 5.2, 12.5 and 15.5).
//
// OpenMP 5.2: 12.5 task
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <stdint.h>

enum { NODES = 1000, TREES = 4 };

static int first_child[NODES], next_sibling[NODES], runs[NODES];

// Give every node but the root a random parent with a smaller number.  Small
// `reach` makes deep trees, large `reach` bushy ones.
static void grow(uint32_t seed, int reach) {
  for (int i = 0; i < NODES; i++) {
    first_child[i] = next_sibling[i] = -1;
    runs[i] = 0;
  }
  for (int i = 1; i < NODES; i++) {
    seed = seed * 1664525u + 1013904223u;
    int span = i < reach ? i : reach;
    int parent = i - 1 - (int)((seed >> 8) % (uint32_t)span);
    next_sibling[i] = first_child[parent];
    first_child[parent] = i;
  }
}

#pragma omp begin declare target
static long visit(const int *first, const int *next, int *runs, int node) {
  runs[node]++;
  long sum = node;
  for (int child = first[node]; child >= 0; child = next[child]) {
#pragma omp task shared(sum) firstprivate(child)
    {
      long part = visit(first, next, runs, child);
#pragma omp atomic
      sum += part;
    }
  }
#pragma omp taskwait
  return sum;
}
#pragma omp end declare target

int main(void) {
  static const int reach[TREES] = {4, 16, 100, NODES};
  for (int tree = 0; tree < TREES; tree++) {
    grow(12345u + (uint32_t)tree, reach[tree]);
    long sum = -1;
#pragma omp target map(to : first_child, next_sibling) map(tofrom : runs)      \
    map(from : sum)
    {
#pragma omp parallel
#pragma omp single
      sum = visit(first_child, next_sibling, runs, 0);
    }
    EXPECT_EQ(sum, (long)NODES * (NODES - 1) / 2);
    int once = 0;
    for (int i = 0; i < NODES; i++)
      once += runs[i] == 1;
    EXPECT_EQ(once, NODES);
  }
  return expect_failures;
}
