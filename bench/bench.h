/* bench.h - what the benchmarks share: numbers from the command line, and how
 * results reach bench/run, one JSON object a line on stdout.  Host code, also
 * for CUDA C. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>

enum { BENCH_MAX_SAMPLES = 100 };

/* The positive number argv[index], or `fallback`. */
static inline int bench_argument(int argc, char **argv, int index,
                                 int fallback) {
  int value = index < argc ? atoi(argv[index]) : 0;
  return value > 0 ? value : fallback;
}

/* The same for how many samples to take. */
static inline int bench_samples(int argc, char **argv, int index) {
  int samples = bench_argument(argc, argv, index, 5);
  return samples > BENCH_MAX_SAMPLES ? BENCH_MAX_SAMPLES : samples;
}

/* Samples in the order measured; bench/run computes median, min and max. */
static inline void bench_report(const char *name, const char *unit, int threads,
                                const double *sample, int samples) {
  printf("{\"name\": \"%s\", \"unit\": \"%s\", \"threads\": %d, \"samples\": [",
         name, unit, threads);
  for (int i = 0; i < samples; i++)
    printf("%s%.9g", i ? ", " : "", sample[i]);
  printf("]}\n");
}

#endif /* BENCH_H */
