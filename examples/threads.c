// threads.c - two tasks at once: one sums, one multiplies.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/threads.c -o threads
//   ./threads

#include <heddle.h>
#include <stdio.h>

enum { N = 1000000, PRIME = 1000003 };

int main(void) {
  long sum = 0, product = 1;
  int sum_warp = -1, product_warp = -1;

#pragma omp target map(tofrom : sum, sum_warp, product, product_warp)
#pragma omp parallel
#pragma omp single
  {
#pragma omp task
    {
      sum_warp = heddle_warp_id();
      for (int i = 1; i <= N; i++)
        sum += i;
    }
#pragma omp task
    {
      product_warp = heddle_warp_id();
      for (int i = 1; i <= N; i++)
        product = product * i % PRIME;
    }
  }

  printf("1 + 2 + ... + %d = %ld, on warp %d\n", N, sum, sum_warp);
  printf("1 * 2 * ... * %d = %ld modulo %d, on warp %d\n", N, product, PRIME,
         product_warp);
  return sum == 500000500000 && product == 500001 ? 0 : 1;
}
