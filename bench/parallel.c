// parallel.c - what an empty parallel region and a barrier cost, by the
// definition of the EPCC benchmarks (Bull, "Measuring Synchronisation and
// Scheduling Overheads in OpenMP", EWOMP 1999): the time with the construct
// less the time of the same work without it, for each execution.  That, too, is
// done by all threads at a time: on a GPU they share schedulers.  The initial
// thread reads the clock, so launching the region does not count.
//
// Also a parallel region inside another: the encountering thread is one of
// two, and forks `nested` threads, which are lanes of its warp on the device.
//
//   parallel [repeats [samples [nested [threads]]]]

#include "bench.h"
#include "delay.h"
#include <omp.h>

enum { DELAY = 100 };

int main(int argc, char **argv) {
  int repeats = bench_argument(argc, argv, 1, 100);
  int samples = bench_samples(argc, argv, 2);
  int lanes = bench_argument(argc, argv, 3, 2);
  int team = bench_argument(argc, argv, 4, 0); // 0: all there are

  double parallel_us[BENCH_MAX_SAMPLES], barrier_us[BENCH_MAX_SAMPLES];
  double nested_us[BENCH_MAX_SAMPLES];
  int threads = 0, inner = 0;
  for (int i = -1; i < samples; i++) { // the first run warms up
    double alone = 0, parallel = 0, barrier = 0, nested = 0;
#pragma omp target map(from : alone, parallel, barrier, nested, threads, inner)
    {
      omp_set_max_active_levels(2);
      if (team > 0)
        omp_set_num_threads(team);
#pragma omp parallel
      {
#pragma omp barrier // so that all begin at a time
        double begin = omp_get_wtime();
        for (int j = 0; j < repeats; j++)
          delay(DELAY);
#pragma omp masked
        {
          alone = omp_get_wtime() - begin;
          threads = omp_get_num_threads();
        }
      }

      double start = omp_get_wtime();
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

#pragma omp parallel num_threads(2)
#pragma omp masked
      {
#pragma omp parallel num_threads(lanes)
#pragma omp masked
        inner = omp_get_num_threads();
        double begin = omp_get_wtime();
        for (int j = 0; j < repeats; j++)
          delay(DELAY);
        double middle = omp_get_wtime();
        for (int j = 0; j < repeats; j++) {
#pragma omp parallel num_threads(lanes)
          delay(DELAY);
        }
        nested = omp_get_wtime() - middle - (middle - begin);
      }
    }
    if (i < 0)
      continue;
    parallel_us[i] = (parallel - alone) / repeats * 1e6;
    barrier_us[i] = (barrier - alone) / repeats * 1e6;
    nested_us[i] = nested / repeats * 1e6;
  }
  if (team > 0) {
    char name[2][48];
    snprintf(name[0], sizeof name[0], "empty parallel, %d threads", team);
    snprintf(name[1], sizeof name[1], "barrier, %d threads", team);
    bench_report(name[0], "us", threads, parallel_us, samples);
    bench_report(name[1], "us", threads, barrier_us, samples);
  } else {
    bench_report("empty parallel", "us", threads, parallel_us, samples);
    bench_report("barrier", "us", threads, barrier_us, samples);
    bench_report("nested parallel", "us", inner, nested_us, samples);
  }
  return 0;
}
