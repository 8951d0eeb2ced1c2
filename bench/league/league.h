/* league.h - what the benchmarks of leagues and their CUDA C peers share.  The
 * host's clock stands around one launch and the wait for its end, with the data
 * on the device, for both. */
#ifndef LEAGUE_H
#define LEAGUE_H

#include "../bench.h"
#include <time.h>

static inline double league_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* `amount` of `unit` a second was done, in each of the samples' seconds. */
static inline void league_report(const char *name, const char *variant,
                                 const char *unit, double amount,
                                 const double *seconds, int samples) {
  double rate[BENCH_MAX_SAMPLES];
  char full[64];
  for (int i = 0; i < samples; i++)
    rate[i] = amount / seconds[i];
  snprintf(full, sizeof full, "%s%s", name, variant);
  bench_report(full, unit, 0, rate, samples);
}

/* Whether two results agree but for the order of their operations. */
static inline int league_close(double got, double expected) {
  double difference = got - expected, size = expected;
  difference = difference < 0 ? -difference : difference;
  size = size < 0 ? -size : size;
  return difference <= 1e-10 * size;
}

#endif /* LEAGUE_H */
