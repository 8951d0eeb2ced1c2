// strassen.c - Strassen's product of matrices ("Gaussian Elimination is not
// Optimal", 1969): seven tasks a level, temporary matrices from malloc, sums as
// taskloops where matrices are large.
//
//   strassen [edge, a power of two [samples]]

#include "program.h"

enum { BASE = 32, LARGE = 128, ROWS = 8 }; // ROWS: of a sum in one task

#pragma omp begin declare target

struct matrix {
  double *entry;
  long stride;
};

static struct matrix quarter(struct matrix m, long half, int down, int right) {
  return (struct matrix){m.entry + down * half * m.stride + right * half,
                         m.stride};
}

// Rows first, first + 1, ... first + rows - 1 of out = a + sign * b.
static void sum_rows(struct matrix out, struct matrix a, double sign,
                     struct matrix b, long n, long first, long rows) {
  const long slice = COLUMNS_IN_SLICE(n);
  LANES
  for (long left = 0; left < n; left += slice)
    for (long i = first; i < first + rows; i++)
      for (long j = left; j < left + slice; j++)
        out.entry[i * out.stride + j] =
            a.entry[i * a.stride + j] + sign * b.entry[i * b.stride + j];
}

// out = a + sign * b
static void sum(struct matrix out, struct matrix a, double sign,
                struct matrix b, long n) {
  if (n < LARGE) {
    sum_rows(out, a, sign, b, n, 0, n);
    return;
  }
#pragma omp taskloop grainsize(1)
  for (long i = 0; i < n; i += ROWS)
    sum_rows(out, a, sign, b, n, i, ROWS);
}

static void classical(struct matrix c, struct matrix a, struct matrix b) {
  const int slice = COLUMNS_IN_SLICE(BASE);
  LANES
  for (int left = 0; left < BASE; left += slice)
    for (int i = 0; i < BASE; i++)
      for (int j = left; j < left + slice; j++) {
        double total = 0;
        for (int k = 0; k < BASE; k++)
          total += a.entry[i * a.stride + k] * b.entry[k * b.stride + j];
        c.entry[i * c.stride + j] = total;
      }
}

// Product p is (quarters of a) * (quarters of b): each side is one quarter, or
// first + sign * second.  Quarters: 2 * down + right.
struct side {
  int first, second, sign;
};

static const struct side left[7] = {{0, 3, 1}, {2, 3, 1},  {0, 0, 0}, {3, 0, 0},
                                    {0, 1, 1}, {2, 0, -1}, {1, 3, -1}};
static const struct side right[7] = {{0, 3, 1},  {0, 0, 0}, {1, 3, -1},
                                     {2, 0, -1}, {3, 0, 0}, {0, 1, 1},
                                     {2, 3, 1}};

static struct matrix prepare(const struct side *side, struct matrix m,
                             double *memory, long half) {
  struct matrix first = quarter(m, half, side->first / 2, side->first % 2);
  if (!side->sign)
    return first;
  struct matrix out = {memory, half};
  struct matrix second = quarter(m, half, side->second / 2, side->second % 2);
  sum(out, first, side->sign, second, half);
  return out;
}

// Rows first, first + 1, ... first + rows - 1 of each quarter of c.
static void combine_rows(struct matrix c, const double *product, long half,
                         long first, long rows) {
  const long size = half * half, slice = COLUMNS_IN_SLICE(half);
  LANES
  for (long left = 0; left < half; left += slice)
    for (long i = first; i < first + rows; i++) {
      double *top = c.entry + i * c.stride;
      double *bottom = c.entry + (i + half) * c.stride;
      for (long j = left; j < left + slice; j++) {
        const double *p = product + i * half + j;
        top[j] = p[0] + p[3 * size] - p[4 * size] + p[6 * size];
        top[j + half] = p[2 * size] + p[4 * size];
        bottom[j] = p[size] + p[3 * size];
        bottom[j + half] = p[0] - p[size] + p[2 * size] + p[5 * size];
      }
    }
}

// c = a * b, all n x n; false if memory ran out.
static int multiply(struct matrix c, struct matrix a, struct matrix b, long n) {
  if (n == BASE) {
    classical(c, a, b);
    return 1;
  }
  long half = n / 2, size = half * half;
  double *product = malloc(7 * (size_t)size * sizeof *product);
  if (!product)
    return 0;
  int done[7];
  for (int p = 0; p < 7; p++) {
#pragma omp task shared(done)
    {
      double *memory = malloc(2 * (size_t)size * sizeof *memory);
      struct matrix out = {product + p * size, half};
      done[p] =
          memory && multiply(out, prepare(&left[p], a, memory, half),
                             prepare(&right[p], b, memory + size, half), half);
      free(memory);
    }
  }
#pragma omp taskwait
  int all = 1;
  for (int p = 0; p < 7; p++)
    all &= done[p];
  if (half < LARGE) {
    combine_rows(c, product, half, 0, half);
  } else {
#pragma omp taskloop grainsize(1)
    for (long i = 0; i < half; i += ROWS)
      combine_rows(c, product, half, i, ROWS);
  }
  free(product);
  return all;
}

#pragma omp end declare target

// out = m * in
static void apply(const double *m, const double *in, double *out, long n) {
  for (long i = 0; i < n; i++) {
    out[i] = 0;
    for (long j = 0; j < n; j++)
      out[i] += m[i * n + j] * in[j];
  }
}

// Freivalds: c * x = a * (b * x); small integers, so all is exact.
static int correct(const double *a, const double *b, const double *c, long n) {
  double *x = malloc((size_t)n * 4 * sizeof *x);
  double *bx = x + n, *abx = bx + n, *cx = abx + n;
  for (long i = 0; i < n; i++)
    x[i] = program_mix((uint64_t)i) % 2 ? 1 : -1;
  apply(b, x, bx, n);
  apply(a, bx, abx, n);
  apply(c, x, cx, n);
  int same = 1;
  for (long i = 0; i < n; i++)
    same &= abx[i] == cx[i];
  free(x);
  return same;
}

int main(int argc, char **argv) {
  long n = bench_argument(argc, argv, 1, 2 * BASE);
  int samples = bench_samples(argc, argv, 2);
  if (n < BASE || (n & (n - 1)))
    return program_wrong("the edge is no power of two from 32");
  long entries = n * n;
  double *a = malloc((size_t)entries * 3 * sizeof *a);
  double *b = a + entries, *c = b + entries;
  for (long i = 0; i < entries; i++) {
    a[i] = (double)(program_mix((uint64_t)i) % 7) - 3;
    b[i] = (double)(program_mix((uint64_t)(i + entries)) % 7) - 3;
  }

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    int threads = 0, done = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : a[0 : entries], b[0 : entries])               \
    map(from : c[0 : entries])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads, done)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        done = multiply((struct matrix){c, n}, (struct matrix){a, n},
                        (struct matrix){b, n}, n);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (!done)
      return program_wrong("out of memory; try HEDDLE_HEAP_SIZE");
    if (!correct(a, b, c, n))
      return program_wrong("not the product");
  }
  free(a);
  char name[32];
  snprintf(name, sizeof name, "strassen(%ld)", n);
  program_report(name, &times, samples);
  return 0;
}
