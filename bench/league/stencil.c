// stencil.c - a 7-point stencil on a cube, as one combined construct and as
// `teams distribute` over rows with a `parallel for` inside.  stencil.cu is the
// same in CUDA C.
//
//   stencil [points of an edge [samples]]

#include "stencil.h"

#pragma omp begin declare target
static double point(const double *in, long i, long n) {
  double sum = in[i - 1] + in[i + 1] + in[i - n] + in[i + n] + in[i - n * n] +
               in[i + n * n];
  return CENTRE * in[i] + NEIGHBOUR * sum;
}
#pragma omp end declare target

static void combined(const double *in, double *out, long n) {
#pragma omp target teams distribute parallel for collapse(3)
  for (long z = 1; z < n - 1; z++)
    for (long y = 1; y < n - 1; y++)
      for (long x = 1; x < n - 1; x++) {
        long i = (z * n + y) * n + x;
        out[i] = point(in, i, n);
      }
}

static void rows(const double *in, double *out, long n) {
#pragma omp target teams distribute collapse(2)
  for (long z = 1; z < n - 1; z++)
    for (long y = 1; y < n - 1; y++) {
      long row = (z * n + y) * n;
#pragma omp parallel for
      for (long x = 1; x < n - 1; x++)
        out[row + x] = point(in, row + x, n);
    }
}

static int measure(void (*run)(const double *, double *, long),
                   const char *variant, long n, int samples) {
  double seconds[BENCH_MAX_SAMPLES];
  long points = n * n * n;
  double *in = malloc((size_t)points * sizeof *in);
  double *out = malloc((size_t)points * sizeof *out);
#pragma omp target data map(alloc : in [0:points]) map(from : out [0:points])
  {
#pragma omp target teams distribute parallel for
    for (long i = 0; i < points; i++) {
      in[i] = stencil_input(i);
      out[i] = -1;
    }
    for (int s = -1; s < samples; s++) { // the first run warms up
      double start = league_now();
      run(in, out, n);
      if (s >= 0)
        seconds[s] = league_now() - start;
    }
  }
  int correct = stencil_correct(out, n);
  free(in);
  free(out);
  if (correct)
    league_report("stencil", variant, "GB/s", stencil_gigabytes(n), seconds,
                  samples);
  return correct;
}

int main(int argc, char **argv) {
  long n = bench_argument(argc, argv, 1, 16);
  int samples = bench_samples(argc, argv, 2);
  return measure(combined, "", n, samples) &&
                 measure(rows, ", parallel in teams", n, samples)
             ? 0
             : 1;
}
