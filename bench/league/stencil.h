/* stencil.h - what stencil.c and stencil.cu must agree on: new = CENTRE * old +
 * NEIGHBOUR * (the six neighbours' sum) for all but the outermost points of a
 * cube.  Powers of two and small integers: results are exact. */
#ifndef STENCIL_H
#define STENCIL_H

#include "league.h"

#define CENTRE    0.25
#define NEIGHBOUR 0.125

static inline double stencil_input(long i) { return (double)(i * 7 % 1021); }

static inline int stencil_correct(const double *out, long n) {
  for (long z = 1; z < n - 1; z++)
    for (long y = 1; y < n - 1; y++)
      for (long x = 1; x < n - 1; x++) {
        long i = (z * n + y) * n + x;
        double sum = stencil_input(i - 1) + stencil_input(i + 1) +
                     stencil_input(i - n) + stencil_input(i + n) +
                     stencil_input(i - n * n) + stencil_input(i + n * n);
        double expected = CENTRE * stencil_input(i) + NEIGHBOUR * sum;
        if (out[i] != expected) {
          fprintf(stderr, "stencil: point %ld is %g, expected %g\n", i, out[i],
                  expected);
          return 0;
        }
      }
  return 1;
}

/* Every point read once and written once. */
static inline double stencil_gigabytes(long n) {
  return 2.0 * sizeof(double) * (double)(n * n * n) * 1e-9;
}

#endif /* STENCIL_H */
