// tasks.c - what tasks cost apart from a program: empty ones from one producer
// and from all threads, a level of fork and join, dependences, and taskloop
// against a worksharing loop.  The initial thread reads the clock.
//
//   tasks [empty tasks [samples [with dependences [loop iterations]]]]
//
// "fork-join level" is (time of fib(20) - time of fib(2)) / 18.  "task with two
// dependences" is the time of the thread that creates a chain of them; "chain"
// is the time until the last has run, for each.

#include "bench.h"
#include <omp.h>

// MORE: times as many empty tasks when all threads create them
enum { MORE = 4, GRAIN = 1000, DEEP = 20, SHALLOW = 2 };

#pragma omp begin declare target

static int fib(int n) {
  if (n < 2)
    return n;
  int a, b;
#pragma omp task shared(a)
  a = fib(n - 1);
#pragma omp task shared(b)
  b = fib(n - 2);
#pragma omp taskwait
  return a + b;
}

#pragma omp end declare target

struct measured {
  int threads;
  double one, all;                // M tasks/s
  double level, dependence, step; // us
  double taskloop, loop;          // ms
};

static void flat(int tasks, struct measured *m) {
  double one = 0, all = 0, created = 0;
  int threads = 0;
#pragma omp target map(from : one, all, created, threads)
  {
    double start = omp_get_wtime();
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int i = 0; i < tasks; i++) {
#pragma omp task
        ;
      }
    }
    one = omp_get_wtime() - start;

    int each = tasks / threads * MORE;
    start = omp_get_wtime();
#pragma omp parallel
    for (int i = 0; i < each; i++) {
#pragma omp task
      ;
    }
    all = omp_get_wtime() - start;
    created = (double)each * threads;
  }
  m->threads = threads;
  m->one = tasks / one / 1e6;
  m->all = created / all / 1e6;
}

static int levels(struct measured *m) {
  double shallow = 0, deep = 0;
  int values[2] = {0};
#pragma omp target map(from : shallow, deep, values)
#pragma omp parallel
#pragma omp single
  {
    double start = omp_get_wtime();
    values[0] = fib(SHALLOW);
    double middle = omp_get_wtime();
    values[1] = fib(DEEP);
    deep = omp_get_wtime() - middle;
    shallow = middle - start;
  }
  m->level = (deep - shallow) / (DEEP - SHALLOW) * 1e6;
  return values[0] == 1 && values[1] == 6765;
}

static int dependences(int tasks, int *place, struct measured *m) {
  double created = 0, done = 0;
  place[0] = 1;
#pragma omp target map(from : created, done) map(tofrom : place [0:tasks + 1])
#pragma omp parallel
#pragma omp single
  {
    double start = omp_get_wtime();
    for (int i = 0; i < tasks; i++) {
#pragma omp task depend(in : place[i]) depend(out : place[i + 1])
      place[i + 1] = place[i] + 1;
    }
    created = omp_get_wtime() - start;
#pragma omp taskwait
    done = omp_get_wtime() - start;
  }
  m->dependence = created / tasks * 1e6;
  m->step = done / tasks * 1e6;
  return place[tasks] == tasks + 1;
}

static int wrong(const int *out, int n, int factor) {
  for (int i = 0; i < n; i++)
    if (out[i] != i % 1000 * factor)
      return 1;
  return 0;
}

static int loops(int n, int *out, struct measured *m) {
  double seconds = 0;
#pragma omp target map(from : seconds, out [0:n])
  {
    double start = omp_get_wtime();
#pragma omp parallel
#pragma omp single
#pragma omp taskloop grainsize(GRAIN)
    for (int i = 0; i < n; i++)
      out[i] = i % 1000 * 2;
    seconds = omp_get_wtime() - start;
  }
  m->taskloop = seconds * 1e3;
  if (wrong(out, n, 2))
    return 0;

#pragma omp target map(from : seconds, out [0:n])
  {
    double start = omp_get_wtime();
#pragma omp parallel for
    for (int i = 0; i < n; i++)
      out[i] = i % 1000 * 3;
    seconds = omp_get_wtime() - start;
  }
  m->loop = seconds * 1e3;
  return !wrong(out, n, 3);
}

int main(int argc, char **argv) {
  int empty = bench_argument(argc, argv, 1, 1000);
  int samples = bench_samples(argc, argv, 2);
  int dependent = bench_argument(argc, argv, 3, 100);
  int iterations = bench_argument(argc, argv, 4, 20000);
  int *place = malloc(sizeof(int) * (size_t)(dependent + 1));
  int *out = malloc(sizeof(int) * (size_t)iterations);

  static struct measured all[BENCH_MAX_SAMPLES];
  for (int i = -1; i < samples; i++) { // the first run warms up
    struct measured *m = &all[i < 0 ? 0 : i];
    flat(empty, m);
    if (!levels(m) || !dependences(dependent, place, m) ||
        !loops(iterations, out, m)) {
      fprintf(stderr, "tasks: wrong result\n");
      return 1;
    }
  }
  free(place);
  free(out);

  double sample[BENCH_MAX_SAMPLES];
#define REPORT(name, unit, field)                                              \
  do {                                                                         \
    for (int i = 0; i < samples; i++)                                          \
      sample[i] = all[i].field;                                                \
    bench_report(name, unit, all[0].threads, sample, samples);                 \
  } while (0)
  REPORT("empty tasks, one producer", "M tasks/s", one);
  REPORT("empty tasks, all create", "M tasks/s", all);
  REPORT("fork-join level", "us", level);
  REPORT("task with two dependences", "us", dependence);
  REPORT("dependence chain", "us", step);
  REPORT("for, cheap iterations", "ms", loop);
  REPORT("taskloop, cheap iterations", "ms", taskloop);
  return 0;
}
