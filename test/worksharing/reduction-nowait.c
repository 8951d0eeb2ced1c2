// Reductions with nowait one after the other keep apart, also when some threads
// are several of them ahead; those of arrays lie elsewhere than those of a few
// words, which bring their own.  What a launch leaves behind the next one does not
// take for its own (OpenMP 5.2, 5.5.8 and 15.6).
//
// OpenMP 5.2: 5.5.8 reduction on for
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { LAUNCHES = 3, ROUNDS = 4, N = 24 };

// One reduction of its own variable, to which `place` belongs, by threads of very
// different speed.
// clang-format off
#define PRAGMA(text) _Pragma(#text)
#define REDUCE(variable, place, factor)                                        \
  PRAGMA(omp for reduction(+ : variable) nowait schedule(static, 1))           \
  for (int i = 0; i < N; i++) {                                                \
    place += i * factor * launch;                                              \
    for (int slow = 0; slow < omp_get_thread_num() % 3 * 4; slow++) {          \
      PRAGMA(omp atomic) steps++;                                              \
    }                                                                          \
  }
// clang-format on

static int rounds(int launch) {
  int wrong = 0, steps = 0, all = N * (N - 1) / 2 * launch;
#pragma omp target map(tofrom : wrong, steps) map(to : all, launch)
  for (int round = 0; round < ROUNDS; round++) {
    long a = 1, b[3] = {2, 2, 2}, c = 3, d = 4, e[3] = {5, 5, 5}, f = 6;
#pragma omp parallel shared(a, b, c, d, e, f, steps, launch)
    {REDUCE(a, a, 1) REDUCE(b, b[2], 10) REDUCE(c, c, 100) REDUCE(d, d, 1000)
         REDUCE(e, e[1], 10000) REDUCE(f, f, 100000)} wrong +=
        a != 1 + all || b[2] != 2 + 10L * all || c != 3 + 100L * all;
    wrong += d != 4 + 1000L * all || e[1] != 5 + 10000L * all;
    wrong += f != 6 + 100000L * all || b[0] != 2 || e[2] != 5;
  }
  return wrong;
}

// One reduction, and regions without: on the emulator the next launch numbers its
// reductions from the beginning, as on a GPU after 2^31 of them.
static int single(int launch) {
  int sum = 0, threads = 0;
#pragma omp target map(tofrom : sum, threads) map(to : launch)
  {
#pragma omp parallel reduction(+ : sum)
    {
      sum = launch;
      if (omp_get_thread_num() == 0)
        threads = omp_get_num_threads();
    }
    for (int i = 0; i < 10; i++) {
#pragma omp parallel
      ;
    }
  }
  return sum - threads * launch;
}

int main(void) {
  for (int launch = 1; launch <= LAUNCHES; launch++)
    EXPECT_EQ(single(launch), 0);
  for (int launch = 1; launch <= LAUNCHES; launch++)
    EXPECT_EQ(rounds(launch), 0);
  return expect_failures;
}
