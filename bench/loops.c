// loops.c - what worksharing loops cost, after the schedule benchmark of EPCC
// (Bull, EWOMP 1999): for each schedule the time of a loop less that of one
// thread's share of the work, and how many chunks or iterations a second the
// team hands out when their bodies are empty.
//
//   loops [repeats [samples [iterations per thread]]]

#include "bench.h"
#include "delay.h"
#include <omp.h>

enum { DELAY = 100 };
enum kind { STATIC, DYNAMIC_1, DYNAMIC_16, DYNAMIC_128, GUIDED, KINDS };

struct schedule {
  const char *name;
  int chunk;        // iterations in one
  const char *unit; // of the rate: chunks where their number is known
};

static const struct schedule schedules[KINDS] = {
    {"for static", 0, ""},
    {"for dynamic,1", 1, "M chunks/s"},
    {"for dynamic,16", 16, "M chunks/s"},
    {"for dynamic,128", 128, "M chunks/s"},
    {"for guided", 1, "M iterations/s"},
};

#pragma omp begin declare target
// Every thread of the team calls this.
static void loop(enum kind kind, int iterations, int length) {
  switch (kind) {
  case STATIC:
#pragma omp for schedule(static)
    for (int i = 0; i < iterations; i++)
      delay(length);
    break;
  case DYNAMIC_1:
#pragma omp for schedule(dynamic, 1)
    for (int i = 0; i < iterations; i++)
      delay(length);
    break;
  case DYNAMIC_16:
#pragma omp for schedule(dynamic, 16)
    for (int i = 0; i < iterations; i++)
      delay(length);
    break;
  case DYNAMIC_128:
#pragma omp for schedule(dynamic, 128)
    for (int i = 0; i < iterations; i++)
      delay(length);
    break;
  default:
#pragma omp for schedule(guided)
    for (int i = 0; i < iterations; i++)
      delay(length);
    break;
  }
}
#pragma omp end declare target

struct result {
  double loop_us, rate; // rate: chunks or iterations, millions a second
};

static struct result measure(enum kind kind, int repeats, int each,
                             int *threads) {
  int chunk = schedules[kind].chunk > 1 ? schedules[kind].chunk : 1;
  double alone = 0, with = 0, empty = 0;
  int team = 0;
#pragma omp target map(from : alone, with, empty, team)
#pragma omp parallel
  {
    int n = omp_get_num_threads();
    double start = omp_get_wtime();
    for (int j = 0; j < repeats; j++)
      for (int i = 0; i < chunk; i++)
        delay(DELAY);
    double own = omp_get_wtime() - start;

#pragma omp barrier
    start = omp_get_wtime();
    for (int j = 0; j < repeats; j++) // one chunk for each thread
      loop(kind, n * chunk, DELAY);
    double shared = omp_get_wtime() - start;

#pragma omp barrier
    start = omp_get_wtime();
    for (int j = 0; j < repeats; j++)
      loop(kind, n * each * chunk, 0);
    double many = omp_get_wtime() - start;
#pragma omp masked
    {
      alone = own;
      with = shared;
      empty = many;
      team = n;
    }
  }
  *threads = team;
  return (struct result){
      .loop_us = (with - alone) / repeats * 1e6,
      .rate = (double)team * each * repeats / empty / 1e6,
  };
}

int main(int argc, char **argv) {
  int repeats = bench_argument(argc, argv, 1, 10);
  int samples = bench_samples(argc, argv, 2);
  int each = bench_argument(argc, argv, 3, 16);

  for (int kind = 0; kind < KINDS; kind++) {
    double loop_us[BENCH_MAX_SAMPLES], rate[BENCH_MAX_SAMPLES];
    int threads = 0;
    for (int i = -1; i < samples; i++) { // the first run warms up
      struct result r = measure(kind, repeats, each, &threads);
      if (i < 0)
        continue;
      loop_us[i] = r.loop_us;
      rate[i] = r.rate;
    }
    bench_report(schedules[kind].name, "us", threads, loop_us, samples);
    if (kind == STATIC)
      continue;
    char name[64];
    snprintf(name, sizeof name, "%s, empty", schedules[kind].name);
    bench_report(name, schedules[kind].unit, threads, rate, samples);
  }
  return 0;
}
