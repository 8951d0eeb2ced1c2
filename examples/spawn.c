// spawn.c - two C11 threads at once: one sums, one multiplies.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/spawn.c -o spawn
//   ./spawn

#include <heddle.h>
#include <stdio.h>
#include <threads.h>

enum { N = 1000000, PRIME = 1000003 };

struct work {
  long result;
  int warp;
};

static int add(void *p) {
  struct work *w = p;
  w->warp = heddle_warp_id();
  for (int i = 1; i <= N; i++)
    w->result += i;
  return 0;
}

static int multiply(void *p) {
  struct work *w = p;
  w->warp = heddle_warp_id();
  for (int i = 1; i <= N; i++)
    w->result = w->result * i % PRIME;
  return 0;
}

int main(void) {
  struct work sum = {0, -1}, product = {1, -1};

#pragma omp target map(tofrom : sum, product)
  {
    thrd_t first, second;
    thrd_create(&first, add, &sum);
    thrd_create(&second, multiply, &product);
    thrd_join(first, NULL);
    thrd_join(second, NULL);
  }

  printf("1 + 2 + ... + %d = %ld, on warp %d\n", N, sum.result, sum.warp);
  printf("1 * 2 * ... * %d = %ld modulo %d, on warp %d\n", N, product.result,
         PRIME, product.warp);
  return sum.result == 500000500000 && product.result == 500001 ? 0 : 1;
}
