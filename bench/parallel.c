// parallel.c - what an empty parallel region and a barrier cost, by the
// definition of the EPCC benchmarks (Bull, "Measuring Synchronisation and
// Scheduling Overheads in OpenMP", EWOMP 1999): the time with the construct
// less the time of the same work without it, for each execution.  The initial
// thread reads the clock, so launching the region does not count.
//
//   parallel [repeats [samples [threads]]]

#include "bench.h"
#include <omp.h>
#include <stdlib.h>

enum { MAX_SAMPLES = 100, DELAY = 100 };

#pragma omp begin declare target
static void delay(int length) {
  for (int i = 0; i < length; i++)
    __asm__ volatile("" ::"r"(i));
}
#pragma omp end declare target

int main(int argc, char **argv) {
  int repeats = argc > 1 ? atoi(argv[1]) : 100;
  int samples = argc > 2 ? atoi(argv[2]) : 5;
  int team = argc > 3 ? atoi(argv[3]) : 0;
  samples = samples < 1 ? 1 : samples > MAX_SAMPLES ? MAX_SAMPLES : samples;

  double parallel_us[MAX_SAMPLES], barrier_us[MAX_SAMPLES];
  int threads = 0;
  for (int i = -1; i < samples; i++) { // the first run warms up
    double alone = 0, parallel = 0, barrier = 0;
#pragma omp target map(from : alone, parallel, barrier, threads)
    {
      if (team > 0)
        omp_set_num_threads(team);
#pragma omp parallel
#pragma omp masked
      threads = omp_get_num_threads();

      double start = omp_get_wtime();
      for (int j = 0; j < repeats; j++)
        delay(DELAY);
      alone = omp_get_wtime() - start;

      start = omp_get_wtime();
      for (int j = 0; j < repeats; j++) {
#pragma omp parallel
        delay(DELAY);
      }
      parallel = omp_get_wtime() - start;

      start = omp_get_wtime();
#pragma omp parallel
      for (int j = 0; j < repeats; j++) {
        delay(DELAY);
#pragma omp barrier
      }
      barrier = omp_get_wtime() - start;
    }
    if (i < 0)
      continue;
    parallel_us[i] = (parallel - alone) / repeats * 1e6;
    barrier_us[i] = (barrier - alone) / repeats * 1e6;
  }
  bench_report("empty parallel", "us", threads, parallel_us, samples);
  bench_report("barrier", "us", threads, barrier_us, samples);
  return 0;
}
