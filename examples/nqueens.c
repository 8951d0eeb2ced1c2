// nqueens.c - in how many ways n queens can stand on an n x n board with none
// attacking another: one task per queen placed.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/nqueens.c -o nqueens
//   ./nqueens 8

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_N = 16 };

struct count {
  long solutions, tasks;
};

// Count the ways to fill the rows from `row` on.  Bit c of the masks: column c
// is attacked in this row, straight, from the left or from the right.
static struct count place(int n, int row, unsigned straight, unsigned left,
                          unsigned right) {
  if (row == n)
    return (struct count){1, 0};
  struct count part[MAX_N], total = {0, 0};
  unsigned open = ~(straight | left | right) & ((1u << n) - 1);
  for (int c = 0; c < n; c++) {
    part[c] = (struct count){0, 0};
    unsigned queen = 1u << c;
    if (!(open & queen))
      continue;
    total.tasks++;
#pragma omp task shared(part)
    part[c] = place(n, row + 1, straight | queen, (left | queen) << 1,
                    (right | queen) >> 1);
  }
#pragma omp taskwait
  for (int c = 0; c < n; c++) {
    total.solutions += part[c].solutions;
    total.tasks += part[c].tasks;
  }
  return total;
}

int main(int argc, char **argv) {
  static const long known[MAX_N + 1] = {
      1,   1,   0,    0,     2,     10,     4,       40,      92,
      352, 724, 2680, 14200, 73712, 365596, 2279184, 14772512};
  int n = argc > 1 ? atoi(argv[1]) : 8;
  if (n < 1 || n > MAX_N) {
    fprintf(stderr, "usage: nqueens [n]   (1 <= n <= %d)\n", MAX_N);
    return 2;
  }
#pragma omp target // the first target region starts the device
  ;

  struct count count = {-1, 0};
  int threads = 0;
  double start = omp_get_wtime();
#pragma omp target map(from : threads) map(tofrom : count)
#pragma omp parallel
#pragma omp single
  {
    threads = omp_get_num_threads();
    count = place(n, 0, 0, 0, 0);
  }
  double seconds = omp_get_wtime() - start;

  printf("%d queens: %ld solutions\n", n, count.solutions);
  printf("%ld tasks in %.4f s, %.3f million per second, %d threads\n",
         count.tasks, seconds, (double)count.tasks / seconds / 1e6, threads);
  return count.solutions == known[n] ? 0 : 1;
}
