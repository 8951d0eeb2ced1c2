// Reductions with nowait one after the other keep apart, also when some threads
// are several of them ahead; those of arrays lie elsewhere than those of a few
// words, which bring their own (OpenMP 5.2, 5.5.8 and 15.6).
//
// OpenMP 5.2: 5.5.8 reduction on for
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 4, N = 24 };

// One reduction of its own variable, to which `place` belongs, by threads of very
// different speed.
// clang-format off
#define PRAGMA(text) _Pragma(#text)
#define REDUCE(variable, place, factor)                                        \
  PRAGMA(omp for reduction(+ : variable) nowait schedule(static, 1))           \
  for (int i = 0; i < N; i++) {                                                \
    place += i * factor;                                                       \
    for (int slow = 0; slow < omp_get_thread_num() % 3 * 4; slow++) {          \
      PRAGMA(omp atomic) steps++;                                              \
    }                                                                          \
  }
// clang-format on

int main(void) {
  int wrong = 0, steps = 0, all = N * (N - 1) / 2;
#pragma omp target map(tofrom : wrong, steps) map(to : all)
  for (int round = 0; round < ROUNDS; round++) {
    long a = 1, b[3] = {2, 2, 2}, c = 3, d = 4, e[3] = {5, 5, 5}, f = 6;
#pragma omp parallel shared(a, b, c, d, e, f, steps)
    {REDUCE(a, a, 1) REDUCE(b, b[2], 10) REDUCE(c, c, 100) REDUCE(d, d, 1000)
         REDUCE(e, e[1], 10000) REDUCE(f, f, 100000)} wrong +=
        a != 1 + all || b[2] != 2 + 10L * all || c != 3 + 100L * all;
    wrong += d != 4 + 1000L * all || e[1] != 5 + 10000L * all;
    wrong += f != 6 + 100000L * all || b[0] != 2 || e[2] != 5;
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
