/* bench.h - how a benchmark hands its numbers to bench/run: one JSON object a
 * line on stdout. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>

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
