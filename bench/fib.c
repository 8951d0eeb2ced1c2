// fib.c - tasks per second: fib(n) with two tasks per call and no cutoff, all
// created by one thread, timed by the host around the target region.
//
//   fib [n [samples]]

#include "bench.h"
#include <omp.h>

static int fib(int n) {
  if (n < 2)
    return n;
  int a, b;
#pragma omp task shared(a)
  a = fib(n - 1);
#pragma omp task shared(b)
  b = fib(n - 2);
#pragma omp taskwait
  return a + b;
}

int main(int argc, char **argv) {
  int n = bench_argument(argc, argv, 1, 20);
  int samples = bench_samples(argc, argv, 2);

  long result = 0, next = 1; // fib(n) and fib(n + 1)
  for (int i = 0; i < n; i++) {
    long sum = result + next;
    result = next;
    next = sum;
  }
  double tasks = 2.0 * (double)next - 2, rate[BENCH_MAX_SAMPLES];
  int threads = 0;
  for (int i = -1; i < samples; i++) { // the first run warms up
    int got = -1;
    double start = omp_get_wtime();
#pragma omp target map(from : got, threads)
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      got = fib(n);
    }
    double seconds = omp_get_wtime() - start;
    if (got != result) {
      fprintf(stderr, "fib(%d) is %d, expected %ld\n", n, got, result);
      return 1;
    }
    if (i >= 0)
      rate[i] = tasks / seconds / 1e6;
  }
  char name[32];
  snprintf(name, sizeof name, "fib(%d)", n);
  bench_report(name, "M tasks/s", threads, rate, samples);
  return 0;
}
