// User-defined reductions over tasks: structures, an initializer that reads the
// original, arrays, a constant array section, and more than 2 KiB at an
// alignment of 64 (OpenMP 5.2, 5.5.9, 5.5.11).
//
// OpenMP 5.2: 5.5.9 task_reduction; 5.5.11 declare reduction
//
// clang 22 and libomp get this wrong on the host.
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <stdint.h>

enum { N = 120, SLOTS = 80 };

struct wide {
  long key; // copied from the original
  long slot[SLOTS / 8];
  double sum;
  int bad;
};
struct big {
  _Alignas(64) long slot[SLOTS * 4];
  int misaligned;
};

#pragma omp begin declare target
static void start(struct wide *to, const struct wide *original) {
  to->key = original->key;
  for (int i = 0; i < SLOTS / 8; i++)
    to->slot[i] = 0;
  to->sum = 0;
  to->bad = 0;
}
static void merge(struct wide *into, const struct wide *from) {
  into->bad += from->bad + (into->key != from->key);
  for (int i = 0; i < SLOTS / 8; i++)
    into->slot[i] += from->slot[i];
  into->sum += from->sum;
}
static void clear(struct big *to) {
  for (int i = 0; i < SLOTS * 4; i++)
    to->slot[i] = 0;
  to->misaligned = (uintptr_t)to % 64 != 0;
}
static void join(struct big *into, const struct big *from) {
  for (int i = 0; i < SLOTS * 4; i++)
    into->slot[i] += from->slot[i];
  into->misaligned += from->misaligned;
}
#pragma omp end declare target

#pragma omp declare reduction(wide : struct wide : merge(&omp_out, &omp_in))   \
    initializer(start(&omp_priv, &omp_orig))
#pragma omp declare reduction(big : struct big : join(&omp_out, &omp_in))      \
    initializer(clear(&omp_priv))

static struct big big;

int main(void) {
  struct wide wide = {.key = 42, .slot = {5}};
  int bins[7] = {0}, cells[6] = {1, 1, 1, 1, 1, 1};
  long section[100] = {0};
#pragma omp target map(tofrom : wide, bins, cells, section, big)
  {
#pragma omp parallel
#pragma omp single
#pragma omp taskgroup task_reduction(wide : wide) task_reduction(+ : bins)     \
    task_reduction(+ : cells[2 : 3], section[5 : 90])                          \
    task_reduction(big : big)
    for (int i = 0; i < N; i++) {
#pragma omp task in_reduction(wide : wide)
      {
        wide.bad += wide.key != 42;
        wide.slot[i % (SLOTS / 8)] += i;
        wide.sum += 0.5;
      }
#pragma omp task in_reduction(+ : bins) in_reduction(+ : cells[2 : 3])
      {
        bins[i * i % 7]++;
        cells[2 + i % 3] += i;
      }
#pragma omp task in_reduction(+ : section[5 : 90])
      for (int k = 0; k < 90; k++)
        section[5 + k] += k;
      if (i % 4 == 0) {
#pragma omp task in_reduction(big : big)
        big.slot[i]++;
      }
    }
  }
  int b[7] = {0}, c[6] = {1, 1, 1, 1, 1, 1};
  long slot[SLOTS / 8] = {5};
  for (int i = 0; i < N; i++) {
    slot[i % (SLOTS / 8)] += i;
    b[i * i % 7]++;
    c[2 + i % 3] += i;
    EXPECT_EQ(big.slot[i], i % 4 == 0);
  }
  EXPECT_EQ(big.misaligned, 0);
  EXPECT_EQ(wide.bad, 0);
  EXPECT_EQ(wide.key, 42);
  EXPECT_EQ(wide.sum * 2, N);
  for (int i = 0; i < SLOTS / 8; i++)
    EXPECT_EQ(wide.slot[i], slot[i]);
  for (int i = 0; i < 7; i++)
    EXPECT_EQ(bins[i], b[i]);
  for (int i = 0; i < 6; i++)
    EXPECT_EQ(cells[i], c[i]);
  for (int i = 0; i < 100; i++)
    EXPECT_EQ(section[i], i >= 5 && i < 95 ? (i - 5) * N : 0);
  return expect_failures;
}
