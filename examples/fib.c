// fib.c - Fibonacci numbers the slow way: two tasks per call, no cutoff.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/fib.c -o fib
//   ./fib 20

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

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
  int n = argc > 1 ? atoi(argv[1]) : 20;
  if (n < 0 || n > 45) {
    fprintf(stderr, "usage: fib [n]   (0 <= n <= 45)\n");
    return 2;
  }
#pragma omp target // the first target region starts the device
  ;

  int result = -1, threads = 0;
  double start = omp_get_wtime();
#pragma omp target map(from : result, threads)
#pragma omp parallel
#pragma omp single
  {
    threads = omp_get_num_threads();
    result = fib(n);
  }
  double seconds = omp_get_wtime() - start;

  long right = 0, next = 1; // fib(n) and fib(n + 1)
  for (int i = 0; i < n; i++) {
    long sum = right + next;
    right = next;
    next = sum;
  }
  long tasks = 2 * next - 2;
  printf("fib(%d) = %d\n", n, result);
  printf("%ld tasks in %.4f s, %.3f million per second, %d threads\n", tasks,
         seconds, (double)tasks / seconds / 1e6, threads);
  return result == right ? 0 : 1;
}
