// sparselu.c - LU factors, without pivoting, of a matrix of blocks of which most
// are empty: a task for each operation on blocks, in tasks for rows of blocks,
// which are ordered by dependences.
//
//   sparselu [blocks of an edge [rows of a block [samples]]]

#include "program.h"
#include <string.h>

// Columns of a block that are worked on together: those of a lane, or so many
// that the host has vectors.
#ifdef WIDE
enum { SLICE = 1 };
#else
enum { SLICE = 4 };
#endif

#pragma omp begin declare target

// to[0..SLICE-1] -= sum over k < count of factor[k] * row[k * n + 0..SLICE-1]
static void subtract(const double *factor, const double *row, int count, int n,
                     double *to) {
  double rest[SLICE];
  for (int j = 0; j < SLICE; j++)
    rest[j] = to[j];
#pragma omp unroll partial(8)
  for (int k = 0; k < count; k++)
    for (int j = 0; j < SLICE; j++)
      rest[j] -= factor[k] * row[k * n + j];
  for (int j = 0; j < SLICE; j++)
    to[j] = rest[j];
}

// The same with a single column.
static void subtract_one(const double *factor, const double *row, int count,
                         int n, double *to) {
  double rest = *to;
#pragma omp unroll partial(8)
  for (int k = 0; k < count; k++)
    rest -= factor[k] * row[k * n];
  *to = rest;
}

// diagonal = L * U in place, L with ones on its diagonal: a row of U, then the
// column of L below it, and so on (Doolittle).
static void factor(double *diagonal, int n) {
  LANES_TOGETHER {
    const int lane = LANE, lanes = LANE_COUNT;
    for (int k = 0; k < n; k++) {
      for (int j = k + lane; k > 0 && j < n; j += lanes)
        subtract_one(diagonal + k * n, diagonal + j, k, n,
                     &diagonal[k * n + j]);
      LANES_BARRIER
      double *column = diagonal + k;
      for (int i = k + 1 + lane; i < n; i += lanes) {
        subtract_one(diagonal + i * n, column, k, n, &column[i * n]);
        column[i * n] /= column[k * n];
      }
      LANES_BARRIER
    }
  }
}

// right = inverse(L of the diagonal block) * right
static void solve_lower(const double *diagonal, double *right, int n) {
  LANES
  for (int left = 0; left < n; left += SLICE)
    for (int i = 1; i < n; i++)
      subtract(diagonal + i * n, right + left, i, n, right + i * n + left);
}

// below = below * inverse(U of the diagonal block)
static void solve_upper(const double *diagonal, double *below, int n) {
  LANES
  for (int i = 0; i < n; i++)
    for (int k = 0; k < n; k++) {
      double *to = &below[i * n + k];
      subtract_one(below + i * n, diagonal + k, k, n, to);
      *to /= diagonal[k * n + k];
    }
}

// block = block - below * right
static void update(const double *below, const double *right, double *block,
                   int n) {
  LANES
  for (int left = 0; left < n; left += SLICE)
    for (int i = 0; i < n; i++)
      subtract(below + i * n, right + left, n, n, block + i * n + left);
}

#define BLOCK(i, j) (a + ((long)(i) * edge + (j)) * n * n)

// Row k becomes final: its diagonal block, and those right of it.
static void finish_row(double *a, const char *present, int edge, int n, int k) {
  double *diagonal = BLOCK(k, k);
  factor(diagonal, n);
  for (int j = k + 1; j < edge; j++) {
    double *right = BLOCK(k, j);
    if (present[k * edge + j]) {
#pragma omp task
      solve_lower(diagonal, right, n);
    }
  }
#pragma omp taskwait
}

// Take out of row i what row k, which is final, has in it.
static void update_row(double *a, const char *present, int edge, int n, int i,
                       int k) {
  double *below = BLOCK(i, k);
  solve_upper(BLOCK(k, k), below, n);
  for (int j = k + 1; j < edge; j++) {
    double *right = BLOCK(k, j), *block = BLOCK(i, j);
    if (present[k * edge + j]) {
#pragma omp task
      update(below, right, block, n);
    }
  }
#pragma omp taskwait
}

// Rows depend on each other; the blocks of a row are tasks of its task.
// present[i * edge + j]: block i, j is not empty, now or after an update.
static void decompose(double *a, const char *present, int edge, int n) {
  for (int k = 0; k < edge; k++) {
    double *final = BLOCK(k, 0);
#pragma omp task depend(inout : final[0])
    finish_row(a, present, edge, n, k);
    for (int i = k + 1; i < edge; i++) {
      double *row = BLOCK(i, 0);
      if (present[i * edge + k]) {
#pragma omp task depend(in : final[0]) depend(inout : row[0])
        update_row(a, present, edge, n, i, k);
      }
    }
  }
#pragma omp taskwait
}

#pragma omp end declare target

static int filled_at_first(int i, int j) {
  int apart = i > j ? i - j : j - i;
  return apart <= 1 || program_mix((uint64_t)i * 4096 + (uint64_t)j) % 8 == 0;
}

// Fill the matrix and note which blocks the factors have.
static void generate(double *a, char *present, int edge, int n) {
  memset(a, 0, sizeof *a * (size_t)edge * (size_t)edge * (size_t)n * (size_t)n);
  for (int i = 0; i < edge; i++)
    for (int j = 0; j < edge; j++) {
      present[i * edge + j] = (char)filled_at_first(i, j);
      double *block = BLOCK(i, j);
      for (int e = 0; present[i * edge + j] && e < n * n; e++)
        block[e] = (double)(program_mix((uint64_t)(block - a + e)) % 19) - 9;
      for (int e = 0; i == j && e < n; e++)
        block[e * n + e] += 20.0 * edge * n; // dominant: no pivots needed
    }
  for (int k = 0; k < edge; k++)
    for (int i = k + 1; i < edge; i++)
      for (int j = k + 1; j < edge; j++)
        if (present[i * edge + k] && present[k * edge + j])
          present[i * edge + j] = 1;
}

static double entry(const double *a, int edge, int n, long row, long column) {
  return BLOCK(row / n, column / n)[row % n * n + column % n];
}

// Whether L * (U * x) = original * x for a vector of signs x.
static int correct(const double *original, const double *a, int edge, int n) {
  long rows = (long)edge * n;
  double *ux = calloc((size_t)rows, sizeof *ux);
  int same = 1;
  for (long i = 0; i < rows; i++)
    for (long j = i; j < rows; j++)
      ux[i] += entry(a, edge, n, i, j) * (j % 3 ? 1 : -1);
  for (long i = 0; i < rows; i++) {
    double got = ux[i], expected = 0;
    for (long j = 0; j < rows; j++) {
      expected += entry(original, edge, n, i, j) * (j % 3 ? 1 : -1);
      if (j < i)
        got += entry(a, edge, n, i, j) * ux[j];
    }
    double error = got - expected;
    same &= (error < 0 ? -error : error) <= 1e-9 * edge * n;
  }
  free(ux);
  return same;
}

int main(int argc, char **argv) {
  int edge = bench_argument(argc, argv, 1, 5);
  int n = bench_argument(argc, argv, 2, 4);
  int samples = bench_samples(argc, argv, 3);
  if (n % SLICE)
    return program_wrong("rows of a block that are no multiple of 4");
  long entries = (long)edge * edge * n * n, blocks = (long)edge * edge;
  double *original = malloc((size_t)entries * sizeof *original);
  double *a = malloc((size_t)entries * sizeof *a);
  char *present = malloc((size_t)blocks);
  generate(original, present, edge, n);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    memcpy(a, original, (size_t)entries * sizeof *a);
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(tofrom : a[0 : entries])                           \
    map(to : present[0 : blocks])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        decompose(a, present, edge, n);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (!correct(original, a, edge, n))
      return program_wrong("not the factors");
  }
  free(original);
  free(a);
  free(present);
  char name[48];
  snprintf(name, sizeof name, "sparselu(%d x %d)", edge, n);
  program_report(name, &times, samples);
  return 0;
}
