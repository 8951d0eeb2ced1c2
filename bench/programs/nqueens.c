// nqueens.c - in how many ways n queens can stand on an n x n board: a task for
// each queen of the upper rows.
//
//   nqueens [n [samples]]

#include "program.h"

// The last rows are searched by one task.
#ifdef WIDE
enum { MAX_N = 16, SERIAL_ROWS = 6 };
#else
enum { MAX_N = 16, SERIAL_ROWS = 4 };
#endif

#pragma omp begin declare target

struct count {
  long solutions, nodes;
};

// Count the ways to fill the rows from `row` on, without tasks.
static struct count place_rest(int n, int row, unsigned straight, unsigned left,
                               unsigned right) {
  struct count total = {row == n, 1};
  if (row == n)
    return total;
  unsigned open = ~(straight | left | right) & ((1u << n) - 1);
  for (; open; open &= open - 1) {
    unsigned queen = open & -open;
    struct count part = place_rest(n, row + 1, straight | queen,
                                   (left | queen) << 1, (right | queen) >> 1);
    total.solutions += part.solutions;
    total.nodes += part.nodes;
  }
  return total;
}

// The same; the choices for the next two rows go wide.
static struct count place_wide(int n, int row, unsigned straight, unsigned left,
                               unsigned right) {
  long solutions = 0, nodes = 1;
  LANES_WITH(reduction(+ : solutions, nodes))
  for (int i = 0; i < n * n; i++) {
    unsigned queen = 1u << i / n, second = 1u << i % n;
    unsigned taken = straight | queen, l = (left | queen) << 1,
             r = (right | queen) >> 1;
    if ((straight | left | right) & queen)
      continue;
    nodes += i % n == 0; // the board with the first of the two
    if ((taken | l | r) & second)
      continue;
    struct count part = place_rest(n, row + 2, taken | second,
                                   (l | second) << 1, (r | second) >> 1);
    solutions += part.solutions;
    nodes += part.nodes;
  }
  return (struct count){solutions, nodes};
}

// The same by tasks, until few rows are left.  Bit c of the masks: column c
// is attacked in this row, straight, from the left or from the right.
static struct count place(int n, int row, unsigned straight, unsigned left,
                          unsigned right) {
  if (row + SERIAL_ROWS >= n)
    return row + 2 > n ? place_rest(n, row, straight, left, right)
                       : place_wide(n, row, straight, left, right);
  struct count part[MAX_N], total = {0, 1};
  unsigned open = ~(straight | left | right) & ((1u << n) - 1);
  for (int c = 0; c < n; c++) {
    part[c] = (struct count){0, 0};
    unsigned queen = 1u << c;
    if (!(open & queen))
      continue;
#pragma omp task shared(part)
    part[c] = place(n, row + 1, straight | queen, (left | queen) << 1,
                    (right | queen) >> 1);
  }
#pragma omp taskwait
  for (int c = 0; c < n; c++) {
    total.solutions += part[c].solutions;
    total.nodes += part[c].nodes;
  }
  return total;
}

#pragma omp end declare target

int main(int argc, char **argv) {
  static const long known[MAX_N + 1] = {
      1,   1,   0,    0,     2,     10,     4,       40,      92,
      352, 724, 2680, 14200, 73712, 365596, 2279184, 14772512};
  int n = bench_argument(argc, argv, 1, 7);
  int samples = bench_samples(argc, argv, 2);
  if (n > MAX_N)
    return program_wrong("a board of more than 16 columns");

  static struct program_times times;
  double rate[BENCH_MAX_SAMPLES];
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    struct count count = {-1, 0};
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target map(from : threads, count)
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      count = place(n, 0, 0, 0, 0);
    }
    times.total[s] = times.kernel[s] = omp_get_wtime() - start;
    times.threads = threads;
    rate[s] = (double)count.nodes / times.kernel[s] / 1e6;
    if (count.solutions != known[n])
      return program_wrong("the number of solutions");
  }
  char name[48];
  snprintf(name, sizeof name, "nqueens(%d)", n);
  program_report(name, &times, samples);
  snprintf(name, sizeof name, "nqueens(%d), boards%s", n, PROGRAM_SUFFIX);
  bench_report(name, "M nodes/s", times.threads, rate, samples);
  return 0;
}
