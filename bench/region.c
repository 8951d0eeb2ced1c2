// region.c - from the call to the return of a target region on an idle device,
// timed by the host: an empty one, one with a mapped variable, and one whose
// only statement is a parallel region of one thread.
//
//   region [repeats [samples]]

#include "bench.h"
#include <omp.h>

static double empty(int repeats) {
  double start = omp_get_wtime();
  for (int i = 0; i < repeats; i++) {
#pragma omp target
    ;
  }
  return (omp_get_wtime() - start) / repeats * 1e6;
}

static double mapped(int repeats) {
  int value = 0;
  double start = omp_get_wtime();
  for (int i = 0; i < repeats; i++) {
#pragma omp target map(tofrom : value)
    value++;
  }
  double us = (omp_get_wtime() - start) / repeats * 1e6;
  return value == repeats ? us : -1;
}

static double narrow(int repeats) {
  double start = omp_get_wtime();
  for (int i = 0; i < repeats; i++) {
#pragma omp target parallel num_threads(1)
    ;
  }
  return (omp_get_wtime() - start) / repeats * 1e6;
}

int main(int argc, char **argv) {
  int repeats = bench_argument(argc, argv, 1, 10);
  int samples = bench_samples(argc, argv, 2);
  static const char *const names[] = {
      "target region, empty", "target region, one int mapped to and from",
      "target region, a parallel of one thread"};
  static double (*const measure[])(int) = {empty, mapped, narrow};

  for (int kind = 0; kind < 3; kind++) {
    double us[BENCH_MAX_SAMPLES];
    measure[kind](repeats); // warms up
    for (int i = 0; i < samples; i++) {
      us[i] = measure[kind](repeats);
      if (us[i] < 0) {
        fprintf(stderr, "region: the variable did not come back\n");
        return 1;
      }
    }
    bench_report(names[kind], "us", 1, us, samples);
  }
  return 0;
}
