// Tasks with in_reduction add up in private copies, and the end of the
// taskgroup combines them with the originals: whoever ran the tasks, once each,
// for several variables and operators (OpenMP 5.2, 5.5.9, 5.5.10).
//
// OpenMP 5.2: 5.5.9 task_reduction; 5.5.10 in_reduction
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 200 };

int main(void) {
  int sum = 1000, low = 77, high = -3, all = 1, any = 0;
  unsigned bits = 1u << 31, parity = 0;
  long product = 2;
  double real = 0.5;
  char tiny = 1;
  int after = 0, again = 0;
#pragma omp target map(tofrom : sum, low, high, all, any, bits, parity)        \
    map(tofrom : product, real, tiny, after, again)
  {
    int turns = 0;
#pragma omp parallel
#pragma omp single
    {
#pragma omp taskgroup task_reduction(+ : sum, real, tiny)                      \
    task_reduction(* : product) task_reduction(min : low)                      \
    task_reduction(max : high) task_reduction(&& : all)                        \
    task_reduction(|| : any) task_reduction(| : bits)                          \
    task_reduction(^ : parity)
      for (int i = 0; i < N; i++) {
#pragma omp task in_reduction(+ : sum, real, tiny) shared(turns)
        {
          // Another thread may run between load and store.
          int before = sum;
#pragma omp atomic
          turns++;
          sum = before + i;
          real += 0.25;
          tiny = (char)(tiny + i % 2);
        }
#pragma omp task in_reduction(* : product) in_reduction(min : low)             \
    in_reduction(max : high) if (i % 3)
        {
          product *= i % 50 == 7 ? 3 : 1;
          low = (i * 37) % N - 8 < low ? (i * 37) % N - 8 : low;
          high = (i * 37) % N > high ? (i * 37) % N : high;
        }
#pragma omp task in_reduction(&& : all) in_reduction(|| : any)                 \
    in_reduction(| : bits) in_reduction(^ : parity)
        {
          all = all && i < N;
          any = any || i == 57;
          bits |= 1u << (i % 9);
          parity ^= (unsigned)i;
        }
      }
      after = sum;
      // The same variable once more, with nothing left of the first time.
#pragma omp taskgroup task_reduction(+ : again)
      for (int i = 0; i < 5; i++) {
#pragma omp taskgroup task_reduction(+ : sum)
        {
#pragma omp task in_reduction(+ : sum)
          sum += 10000;
        }
        again += sum == after + (i + 1) * 10000;
      }
    }
  }
  unsigned x = 0;
  for (int i = 0; i < N; i++)
    x ^= (unsigned)i;
  EXPECT_EQ(after, 1000 + N * (N - 1) / 2);
  EXPECT_EQ(sum, after + 50000);
  EXPECT_EQ(again, 5);
  EXPECT_EQ(real * 4, 2 + N);
  EXPECT_EQ(tiny, 1 + N / 2);
  EXPECT_EQ(product, 2 * 3 * 3 * 3 * 3);
  EXPECT_EQ(low, -8);
  EXPECT_EQ(high, N - 1);
  EXPECT_EQ(all, 1);
  EXPECT_EQ(any, 1);
  EXPECT_EQ(bits, (1u << 31) + (1u << 9) - 1);
  EXPECT_EQ(parity, x);
  return expect_failures;
}
