#include "unit.h"

#pragma omp begin declare target
int shared_table[4] = {7, 8, 9, 10};
static int helper(void) { return 2; }
static int counter = 100;

int unit_add(int value) { return value + counter + helper(); }

// A parallel construct in a file without a target region.
int unit_count_threads(void) {
  int count = 0;
#pragma omp parallel
  {
#pragma omp atomic
    count++;
  }
  return count;
}

long unit_sum_tasks(int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) {
#pragma omp task shared(sum)
    {
#pragma omp atomic
      sum += i;
    }
  }
#pragma omp taskwait
  return sum;
}
#pragma omp end declare target
