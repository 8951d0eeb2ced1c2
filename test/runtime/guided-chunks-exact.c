// The chunks of a guided loop, in order: they follow each other without a gap,
// from the first iteration to the last, also where there are 2^63 and more;
// none is larger than the one before it; each but the last has at least the
// chunk size, and more only in proportion to what is left for each thread.  A
// thread gets its chunks in order (OpenMP 5.2, 11.5.3).  The loops are walked
// as clang walks them, without running their iterations.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <limits.h>
#include <omp.h>
#include <stdint.h>
#include <stdlib.h>

enum { GUIDED = 36, MOST = 1 << 17 };

#pragma omp begin declare target
void __kmpc_dispatch_init_8u(void *loc, int gtid, int sched, uint64_t lower,
                             uint64_t upper, int64_t stride, int64_t chunk);
int __kmpc_dispatch_next_8u(void *loc, int gtid, int *last, uint64_t *lower,
                            uint64_t *upper, int64_t *stride);
void __kmpc_dispatch_deinit(void *loc, int gtid);
#pragma omp end declare target

struct chunk {
  uint64_t lower, upper;
};

struct loop {
  uint64_t lower, upper;
  int64_t chunk;
};

static struct chunk chunk[MOST];

static int by_lower(const void *a, const void *b) {
  uint64_t x = ((const struct chunk *)a)->lower;
  uint64_t y = ((const struct chunk *)b)->lower;
  return (x > y) - (x < y);
}

static void check(struct loop loop) {
  int chunks = 0, threads = 0, lasts = 0, unordered = 0;
#pragma omp target map(tofrom : chunks, lasts, unordered)                      \
    map(from : threads, chunk)
#pragma omp parallel
  {
    if (omp_get_thread_num() == 0)
      threads = omp_get_num_threads();
    __kmpc_dispatch_init_8u(0, 0, GUIDED, loop.lower, loop.upper, 1,
                            loop.chunk);
    uint64_t lower, upper, before = 0;
    int64_t stride;
    int last, mine = 0;
    while (__kmpc_dispatch_next_8u(0, 0, &last, &lower, &upper, &stride)) {
      int at;
#pragma omp atomic capture
      at = chunks++;
      if (at < MOST)
        chunk[at] = (struct chunk){lower, upper};
      if (mine++ && lower <= before) {
#pragma omp atomic
        unordered++;
      }
      before = upper;
      if (last) {
#pragma omp atomic
        lasts++;
      }
    }
    __kmpc_dispatch_deinit(0, 0);
  }

  EXPECT(chunks > 0 && chunks <= MOST);
  EXPECT_EQ(lasts, 1);
  EXPECT_EQ(unordered, 0);
  if (chunks > MOST)
    return;
  qsort(chunk, (size_t)chunks, sizeof *chunk, by_lower);
  uint64_t n = (uint64_t)threads, before = UINT64_MAX;
  int gaps = 0, growing = 0, small = 0, large = 0;
  for (int i = 0; i < chunks; i++) {
    uint64_t size = chunk[i].upper - chunk[i].lower + 1;
    uint64_t left = loop.upper - chunk[i].lower + 1;
    gaps += chunk[i].lower != (i ? chunk[i - 1].upper + 1 : loop.lower);
    growing += size > before;
    small += size < (uint64_t)loop.chunk && i + 1 < chunks;
    large += size > (uint64_t)loop.chunk && size > left / n;
    before = size;
  }
  EXPECT_EQ(chunk[chunks - 1].upper, loop.upper);
  EXPECT_EQ(gaps, 0);
  EXPECT_EQ(growing, 0);
  EXPECT_EQ(small, 0);
  EXPECT_EQ(large, 0);
  // Half of a long loop is handed out in one chunk for each thread.
  uint64_t trip = loop.upper - loop.lower + 1;
  if (trip / (2 * n) > (uint64_t)loop.chunk)
    EXPECT_EQ(chunk[0].upper - chunk[0].lower + 1, trip / (2 * n));
}

int main(void) {
  const struct loop loops[] = {
      {0, UINT64_MAX - 1, INT64_C(1) << 48}, // 2^64 - 1 iterations
      {1, UINT64_C(1) << 63, INT64_MAX},     // 2^63: one chunk, and one of 1
      {UINT64_MAX - 9999, UINT64_MAX, 1},
      {5, 50004, 37},
      {7, 7, 1},
      {0, 99, 1000},
  };
  for (unsigned i = 0; i < sizeof loops / sizeof *loops; i++)
    check(loops[i]);
  return expect_failures;
}
