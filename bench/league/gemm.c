// gemm.c - products of many 16 x 16 matrices, as one combined construct and as
// `teams distribute` over the products with a `parallel for` inside.  gemm.cu is
// the same in CUDA C.
//
//   gemm [products [samples]]

#include "gemm.h"

#pragma omp begin declare target
static double entry(const double *left, const double *right, int i, int j) {
  double sum = 0;
  for (int k = 0; k < EDGE; k++)
    sum += left[i * EDGE + k] * right[k * EDGE + j];
  return sum;
}
#pragma omp end declare target

static void combined(const double *left, const double *right, double *product,
                     long count) {
#pragma omp target teams distribute parallel for collapse(3)
  for (long m = 0; m < count; m++)
    for (int i = 0; i < EDGE; i++)
      for (int j = 0; j < EDGE; j++)
        product[m * ENTRIES + i * EDGE + j] =
            entry(left + m * ENTRIES, right + m * ENTRIES, i, j);
}

static void by_product(const double *left, const double *right, double *product,
                       long count) {
#pragma omp target teams distribute
  for (long m = 0; m < count; m++) {
    long first = m * ENTRIES;
#pragma omp parallel for collapse(2)
    for (int i = 0; i < EDGE; i++)
      for (int j = 0; j < EDGE; j++)
        product[first + i * EDGE + j] =
            entry(left + first, right + first, i, j);
  }
}

static int measure(void (*run)(const double *, const double *, double *, long),
                   const char *variant, long count, int samples) {
  double seconds[BENCH_MAX_SAMPLES];
  long n = count * ENTRIES;
  size_t bytes = (size_t)n * sizeof(double);
  double *left = malloc(bytes), *right = malloc(bytes), *out = malloc(bytes);
#pragma omp target data map(alloc                                              \
                            : left [0:n], right [0:n]) map(from                \
                                                           : out [0:n])
  {
#pragma omp target teams distribute parallel for
    for (long i = 0; i < n; i++) {
      left[i] = gemm_left(i);
      right[i] = gemm_right(i);
      out[i] = -1;
    }
    for (int s = -1; s < samples; s++) { // the first run warms up
      double start = league_now();
      run(left, right, out, count);
      if (s >= 0)
        seconds[s] = league_now() - start;
    }
  }
  int correct = gemm_correct(out, count);
  free(left);
  free(right);
  free(out);
  if (correct)
    league_report("small gemm", variant, "GFLOP/s", gemm_gigaflops(count),
                  seconds, samples);
  return correct;
}

int main(int argc, char **argv) {
  long count = bench_argument(argc, argv, 1, 16);
  int samples = bench_samples(argc, argv, 2);
  return measure(combined, "", count, samples) &&
                 measure(by_product, ", parallel in teams", count, samples)
             ? 0
             : 1;
}
