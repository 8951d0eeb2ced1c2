// fft.c - the recursive fast Fourier transform of Cooley and Tukey: the halves
// are tasks, and the butterflies of large ones a taskloop.
//
//   fft [log2 of the points [samples]]

#include "program.h"
#include <math.h>

// Up to LEAF points are one task's, up to LARGE its butterflies.
#ifdef WIDE
enum { LEAF = 512, LARGE = 4096, GRAIN = 1024 };
#else
enum { LEAF = 64, LARGE = 4096, GRAIN = 512 };
#endif

#pragma omp begin declare target

struct complex {
  double re, im;
};

static struct complex times_root(struct complex a, struct complex root) {
  return (struct complex){a.re * root.re - a.im * root.im,
                          a.re * root.im + a.im * root.re};
}

static void butterfly(struct complex *out, long half, long k,
                      struct complex root) {
  struct complex even = out[k], odd = times_root(out[k + half], root);
  out[k] = (struct complex){even.re + odd.re, even.im + odd.im};
  out[k + half] = (struct complex){even.re - odd.re, even.im - odd.im};
}

// The lowest `bits` bits of i in the opposite order.
static unsigned reversed(unsigned i, int bits) {
  unsigned r = 0;
  for (int b = 0; b < bits; b++)
    r |= (i >> b & 1) << (bits - 1 - b);
  return r;
}

// A transform of at most LEAF points, without recursion: every level is a loop.
static void transform_leaf(const struct complex *in, struct complex *out,
                           int bits, long stride, const struct complex *root) {
  LANES_TOGETHER {
    LANES_SHARE
    for (int i = 0; i < 1 << bits; i++)
      out[i] = in[reversed((unsigned)i, bits) * stride];
    for (int level = 0; level < bits; level++) {
      LANES_SHARE
      for (int i = 0; i < 1 << bits >> 1; i++) {
        int half = 1 << level, k = i & (half - 1);
        butterfly(out + 2 * (i - k), half, k,
                  root[(k * stride) << (bits - 1 - level)]);
      }
    }
  }
}

static void butterflies(struct complex *out, long half, long stride,
                        const struct complex *root, long first, long count) {
  LANES
  for (long k = first; k < first + count; k++)
    butterfly(out, half, k, root[k * stride]);
}

// out = transform of the 2^bits points in[0], in[stride], ...
// root[k * stride] is the k-th power of the root of unity of that order.
static void transform(const struct complex *in, struct complex *out, int bits,
                      long stride, const struct complex *root) {
  if (1 << bits <= LEAF) {
    transform_leaf(in, out, bits, stride, root);
    return;
  }
  long half = 1L << (bits - 1);
#pragma omp task
  transform(in, out, bits - 1, 2 * stride, root);
  transform(in + stride, out + half, bits - 1, 2 * stride, root);
#pragma omp taskwait
  if (half <= LARGE / 2) {
    butterflies(out, half, stride, root, 0, half);
    return;
  }
#pragma omp taskloop grainsize(1)
  for (long k = 0; k < half; k += GRAIN)
    butterflies(out, half, stride, root, k, GRAIN);
}

#pragma omp end declare target

// Some points of the result, and the sum of squares (Parseval).
static int correct(const struct complex *in, const struct complex *out, long n,
                   const struct complex *root) {
  double before = 0, after = 0;
  for (long i = 0; i < n; i++) {
    before += in[i].re * in[i].re + in[i].im * in[i].im;
    after += out[i].re * out[i].re + out[i].im * out[i].im;
  }
  if (fabs(after / (double)n - before) > 1e-9 * before)
    return 0;
  for (long point = 1; point <= 4; point++) {
    long k = (long)(program_mix((uint64_t)point) % (uint64_t)n);
    struct complex sum = {0, 0};
    for (long i = 0; i < n; i++) {
      long power = i * k % n, half = n / 2;
      struct complex term = times_root(in[i], root[power % half]);
      sum.re += power < half ? term.re : -term.re;
      sum.im += power < half ? term.im : -term.im;
    }
    if (fabs(sum.re - out[k].re) > 1e-8 * sqrt(before * (double)n) ||
        fabs(sum.im - out[k].im) > 1e-8 * sqrt(before * (double)n))
      return 0;
  }
  return 1;
}

int main(int argc, char **argv) {
  int log2n = bench_argument(argc, argv, 1, 9);
  int samples = bench_samples(argc, argv, 2);
  long n = 1L << log2n, half = n / 2;
  struct complex *in = malloc((size_t)n * sizeof *in);
  struct complex *out = malloc((size_t)n * sizeof *out);
  struct complex *root = malloc((size_t)half * sizeof *root);
  const double turn = 6.283185307179586;
  for (long i = 0; i < n; i++)
    in[i] = (struct complex){(double)(program_mix((uint64_t)i) % 2048) - 1024,
                             (double)(program_mix((uint64_t)-i) % 2048) - 1024};
  for (long k = 0; k < half; k++)
    root[k] = (struct complex){cos(turn * (double)k / (double)n),
                               -sin(turn * (double)k / (double)n)};

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(to : in[0 : n], root[0 : half])                    \
    map(from : out[0 : n])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        transform(in, out, log2n, 1, root);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (!correct(in, out, n, root))
      return program_wrong("not the transform");
  }
  free(in);
  free(out);
  free(root);
  char name[32];
  snprintf(name, sizeof name, "fft(2^%d)", log2n);
  program_report(name, &times, samples);
  return 0;
}
