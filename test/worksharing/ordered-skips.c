// Iterations that execute no ordered region do not keep later ones from
// theirs, whatever the bounds (OpenMP 5.2, 15.10.2).
//
// OpenMP 5.2: 15.10.2 ordered
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 90 };

// Orphaned: binds to the loop of the caller.
static void append(int *list, int *count, int value) {
#pragma omp ordered
  {
    list[*count] = value;
    ++*count;
  }
}

int main(void) {
  int list[4][N], count[4] = {0}, visited = 0;
#pragma omp target map(from : list) map(tofrom : count, visited)
#pragma omp parallel
  {
    // Every chunk ends without an ordered region, some have none at all.
#pragma omp for ordered schedule(static, 4)
    for (int i = 0; i < N; i++) {
      if (i % 8 == 1)
        append(list[0], &count[0], i);
#pragma omp atomic
      visited++;
    }
#pragma omp for ordered schedule(dynamic, 3)
    for (int i = N - 1; i >= 0; i -= 2)
      if (i % 3 == 0)
        append(list[1], &count[1], i);
    // More threads than iterations; nobody has an ordered region.
#pragma omp for ordered schedule(static, 1)
    for (long i = 3; i > 0; i--)
      if (i > 100)
        append(list[2], &count[2], (int)i);
#pragma omp for ordered collapse(2) schedule(guided)
    for (int i = 0; i < 9; i++)
      for (unsigned j = 10; j > 0; j--)
        if ((i + j) % 2)
          append(list[3], &count[3], (int)(i * 10 + 10 - j));
#pragma omp for ordered
    for (int i = 5; i < 5; i++)
      append(list[2], &count[2], i);
  }
  int wrong = 0, next[4] = {0};
  for (int i = 1; i < N; i += 8)
    wrong += list[0][next[0]++] != i;
  for (int i = N - 1; i >= 0; i -= 2)
    if (i % 3 == 0)
      wrong += list[1][next[1]++] != i;
  for (int i = 0; i < 90; i++)
    if ((i / 10 + 10 - i % 10) % 2)
      wrong += list[3][next[3]++] != i;
  EXPECT_EQ(wrong, 0);
  for (int k = 0; k < 4; k++)
    EXPECT_EQ(count[k], next[k]);
  EXPECT_EQ(visited, N);
  return expect_failures;
}
