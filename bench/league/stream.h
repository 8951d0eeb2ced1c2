/* stream.h - what stream.c and stream.cu must agree on. */
#ifndef STREAM_H
#define STREAM_H

#include "league.h"

enum { COPY, SCALE, ADD, TRIAD, DOT, KERNELS };

#define STREAM_FACTOR 3.0

static const struct stream_kernel {
  const char *name;
  int arrays; /* read or written */
} stream_kernels[KERNELS] = {
    {"stream copy", 2},  {"stream scale", 2}, {"stream add", 3},
    {"stream triad", 3}, {"dot product", 2},
};

/* What every element holds after `rounds` of copy, scale, add and triad. */
struct stream_values {
  double a, b, c;
};

static inline struct stream_values stream_expected(int rounds) {
  struct stream_values v = {1, 2, 0};
  for (int i = 0; i < rounds; i++) {
    v.c = v.a;
    v.b = STREAM_FACTOR * v.c;
    v.c = v.a + v.b;
    v.a = v.b + STREAM_FACTOR * v.c;
  }
  return v;
}

static inline int stream_correct(const double *a, const double *b,
                                 const double *c, long n, double dot,
                                 int rounds) {
  struct stream_values v = stream_expected(rounds);
  for (long i = 0; i < n; i++)
    if (!league_close(a[i], v.a) || !league_close(b[i], v.b) ||
        !league_close(c[i], v.c)) {
      fprintf(stderr, "stream: element %ld is %g %g %g, expected %g %g %g\n", i,
              a[i], b[i], c[i], v.a, v.b, v.c);
      return 0;
    }
  if (league_close(dot, v.a * v.b * (double)n))
    return 1;
  fprintf(stderr, "stream: dot product %g, expected %g\n", dot,
          v.a * v.b * (double)n);
  return 0;
}

/* Gigabytes that a kernel moves. */
static inline double stream_gigabytes(int kernel, long n) {
  return (double)stream_kernels[kernel].arrays * (double)n * sizeof(double) *
         1e-9;
}

#endif /* STREAM_H */
