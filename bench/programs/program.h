/* program.h - what the whole programs share.  Each runs its kernel in one target
 * region, on data that is on the device already, and checks the result on the
 * host; where that compares floating point exactly, the file forbids
 * contraction.
 *
 * Compiled with -DWIDE, a program's tasks go wide: loops marked by LANES run on
 * the lanes of the task's warp, as the threads of a nested parallel region. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "../bench.h"
#include <omp.h>
#include <stdint.h>

#define PROGRAM_PRAGMA(...) _Pragma(#__VA_ARGS__)

/* LANES before a loop: neighbouring iterations run on neighbouring lanes.
 * LANES_WITH(clauses) has clauses besides.  LANES_TOGETHER before a block that
 * has several such loops, each marked by LANES_SHARE, and each complete before
 * the next begins; or divides them itself, by LANE of LANE_COUNT, with
 * LANES_BARRIER in between. */
#ifdef WIDE
#define LANES PROGRAM_PRAGMA(omp parallel for schedule(static, 1))
#define LANES_WITH(...)                                                        \
  PROGRAM_PRAGMA(omp parallel for schedule(static, 1) __VA_ARGS__)
#define LANES_TOGETHER PROGRAM_PRAGMA(omp parallel)
#define LANES_SHARE    PROGRAM_PRAGMA(omp for schedule(static, 1))
#define LANES_BARRIER PROGRAM_PRAGMA(omp barrier)
#define LANE          omp_get_thread_num()
#define LANE_COUNT    omp_get_num_threads()
#else
#define LANES
#define LANES_WITH(...)
#define LANES_TOGETHER
#define LANES_SHARE
#define LANES_BARRIER
#define LANE       0
#define LANE_COUNT 1
#endif

/* A loop over the columns of a matrix, which lie side by side, in slices: one
 * column is a lane's, all are those of a thread that is alone. */
#ifdef WIDE
#define COLUMNS_IN_SLICE(columns) 1
#define PROGRAM_SUFFIX            ", on lanes"
#else
#define COLUMNS_IN_SLICE(columns) (columns)
#define PROGRAM_SUFFIX            ""
#endif

/* Times by the host's clock: the kernel's launch to return, and the same with
 * the data's way to the device and back. */
struct program_times {
  double kernel[BENCH_MAX_SAMPLES], total[BENCH_MAX_SAMPLES];
  int threads;
};

/* The first target region starts the device; it does not count. */
static inline void program_warm_up(void) {
#pragma omp target
  ;
}

static inline void program_report(const char *name,
                                  const struct program_times *t, int samples) {
  char kernel[64], total[64];
  snprintf(kernel, sizeof kernel, "%s%s", name, PROGRAM_SUFFIX);
  snprintf(total, sizeof total, "%s and data%s", name, PROGRAM_SUFFIX);
  bench_report(kernel, "s", t->threads, t->kernel, samples);
  bench_report(total, "s", t->threads, t->total, samples);
}

static inline int program_wrong(const char *what) {
  fprintf(stderr, "wrong result: %s\n", what);
  return 1;
}

#pragma omp begin declare target

/* One output of SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom
 * Number Generators", OOPSLA 2014) for each x. */
static inline uint64_t program_mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

#pragma omp end declare target

#endif /* PROGRAM_H */
