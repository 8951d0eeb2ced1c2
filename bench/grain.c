// grain.c - how large a task must be: the share of the time that goes into the
// work of tasks of 1 us to 1 ms, when one thread creates them all and when all
// threads do.  bench/plot finds the smallest with 50 %, METG(50 %) in Slaughter
// et al., "Task Bench", SC 2020.
//
//   grain [tasks per thread [samples [largest us]]]

#include "bench.h"
#include "delay.h"
#include <omp.h>

enum { TURNS = 100000 };

// The time in which all threads turn delay's loop once.
static double turn_us(int *team) {
  double seconds = 0;
  int threads = 0;
#pragma omp target map(from : seconds, threads)
#pragma omp parallel
  {
#pragma omp barrier
    double start = omp_get_wtime();
    delay(TURNS);
#pragma omp barrier
    double end = omp_get_wtime();
#pragma omp masked
    {
      seconds = end - start;
      threads = omp_get_num_threads();
    }
  }
  *team = threads;
  return seconds / TURNS * 1e6;
}

// Per cent: `each` tasks for each thread, against the same work without tasks.
static double efficiency(int length, int each, int all_create) {
  double alone = 0, tasks = 0;
#pragma omp target map(from : alone, tasks)
#pragma omp parallel
  {
    int n = omp_get_num_threads(), me = omp_get_thread_num();
#pragma omp barrier
    double start = omp_get_wtime();
    for (int i = 0; i < each; i++)
      delay(length);
#pragma omp barrier
    double middle = omp_get_wtime();
    int mine = all_create ? each : me == 0 ? each * n : 0;
    for (int i = 0; i < mine; i++) {
#pragma omp task
      delay(length);
    }
#pragma omp barrier
    double end = omp_get_wtime();
#pragma omp masked
    {
      alone = middle - start;
      tasks = end - middle;
    }
  }
  return alone / tasks * 100;
}

int main(int argc, char **argv) {
  static const int sizes[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
  int each = bench_argument(argc, argv, 1, 4);
  int samples = bench_samples(argc, argv, 2);
  int largest = bench_argument(argc, argv, 3, 10);

  int threads = 0;
  turn_us(&threads); // warms up
  double turn = turn_us(&threads);
  for (int all_create = 0; all_create < 2; all_create++)
    for (int s = 0; s < (int)(sizeof sizes / sizeof *sizes); s++) {
      if (sizes[s] > largest)
        break;
      double percent[BENCH_MAX_SAMPLES];
      for (int i = 0; i < samples; i++)
        percent[i] = efficiency((int)(sizes[s] / turn), each, all_create);
      char name[64];
      snprintf(name, sizeof name, "tasks of %d us, %s", sizes[s],
               all_create ? "all create" : "one producer");
      bench_report(name, "%", threads, percent, samples);
    }
  return 0;
}
