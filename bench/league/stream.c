// stream.c - bandwidth of loops over large arrays: the four kernels of STREAM
// (McCalpin, 1995) and a dot product, each as one combined construct and as
// `teams distribute` over chunks with a `parallel for` inside.  stream.cu is the
// same in CUDA C.
//
//   stream [log2 of the elements [samples]]

#include "stream.h"

enum { CHUNK = 4096 };

// name_combined and name_chunks do `statement` for every element i.
#define KERNEL(name, statement)                                                \
  static double name##_combined(double *a, double *b, double *c, long n) {     \
    _Pragma("omp target teams distribute parallel for") for (long i = 0;       \
                                                             i < n; i++)       \
        statement;                                                             \
    (void)a, (void)b, (void)c;                                                 \
    return 0;                                                                  \
  }                                                                            \
  static double name##_chunks(double *a, double *b, double *c, long n) {       \
    _Pragma("omp target teams distribute") for (long start = 0; start < n;     \
                                                start += CHUNK) {              \
      long end = start + CHUNK < n ? start + CHUNK : n;                        \
      _Pragma("omp parallel for") for (long i = start; i < end; i++)           \
          statement;                                                           \
    }                                                                          \
    (void)a, (void)b, (void)c;                                                 \
    return 0;                                                                  \
  }

KERNEL(copy, c[i] = a[i])
KERNEL(scale, b[i] = STREAM_FACTOR * c[i])
KERNEL(add, c[i] = a[i] + b[i])
KERNEL(triad, a[i] = b[i] + STREAM_FACTOR * c[i])

static double dot_combined(double *a, double *b, double *c, long n) {
  (void)c;
  double sum = 0;
#pragma omp target teams distribute parallel for reduction(+ : sum)            \
    map(tofrom : sum)
  for (long i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static double dot_chunks(double *a, double *b, double *c, long n) {
  (void)c;
  double sum = 0;
#pragma omp target teams distribute reduction(+ : sum) map(tofrom : sum)
  for (long start = 0; start < n; start += CHUNK) {
    long end = start + CHUNK < n ? start + CHUNK : n;
    double part = 0;
#pragma omp parallel for reduction(+ : part)
    for (long i = start; i < end; i++)
      part += a[i] * b[i];
    sum += part;
  }
  return sum;
}

typedef double kernel(double *a, double *b, double *c, long n);

static int measure(kernel *const run[KERNELS], const char *variant, long n,
                   int samples) {
  static double seconds[KERNELS][BENCH_MAX_SAMPLES];
  size_t bytes = (size_t)n * sizeof(double);
  double *a = malloc(bytes), *b = malloc(bytes), *c = malloc(bytes), dot = 0;
#pragma omp target data map(from : a [0:n], b [0:n], c [0:n])
  {
#pragma omp target teams distribute parallel for
    for (long i = 0; i < n; i++) {
      a[i] = 1;
      b[i] = 2;
      c[i] = 0;
    }
    for (int s = -1; s < samples; s++) // the first round warms up
      for (int k = 0; k < KERNELS; k++) {
        double start = league_now();
        dot = run[k](a, b, c, n);
        if (s >= 0)
          seconds[k][s] = league_now() - start;
      }
  }
  int correct = stream_correct(a, b, c, n, dot, samples + 1);
  free(a);
  free(b);
  free(c);
  for (int k = 0; correct && k < KERNELS; k++)
    league_report(stream_kernels[k].name, variant, "GB/s",
                  stream_gigabytes(k, n), seconds[k], samples);
  return correct;
}

int main(int argc, char **argv) {
  static kernel *const combined[KERNELS] = {copy_combined, scale_combined,
                                            add_combined, triad_combined,
                                            dot_combined};
  static kernel *const chunks[KERNELS] = {copy_chunks, scale_chunks, add_chunks,
                                          triad_chunks, dot_chunks};
  long n = 1L << bench_argument(argc, argv, 1, 14);
  int samples = bench_samples(argc, argv, 2);
  return measure(combined, "", n, samples) &&
                 measure(chunks, ", parallel in teams", n, samples)
             ? 0
             : 1;
}
