/* gemm.h - what gemm.c and gemm.cu must agree on: many products of small square
 * matrices.  Small integers: results are exact. */
#ifndef GEMM_H
#define GEMM_H

#include "league.h"

enum { EDGE = 16, ENTRIES = EDGE * EDGE };

static inline double gemm_left(long i) { return (double)(i * 5 % 17); }
static inline double gemm_right(long i) { return (double)(i * 3 % 19); }

static inline int gemm_correct(const double *product, long count) {
  for (long m = 0; m < count; m++)
    for (int i = 0; i < EDGE; i++)
      for (int j = 0; j < EDGE; j++) {
        double sum = 0;
        for (int k = 0; k < EDGE; k++)
          sum += gemm_left(m * ENTRIES + i * EDGE + k) *
                 gemm_right(m * ENTRIES + k * EDGE + j);
        if (product[m * ENTRIES + i * EDGE + j] != sum) {
          fprintf(stderr, "gemm: entry %d,%d of product %ld is %g, not %g\n", i,
                  j, m, product[m * ENTRIES + i * EDGE + j], sum);
          return 0;
        }
      }
  return 1;
}

static inline double gemm_gigaflops(long count) {
  return 2.0 * EDGE * ENTRIES * (double)count * 1e-9;
}

#endif /* GEMM_H */
