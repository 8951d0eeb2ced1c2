// Mathematics by clang's builtins, which reach the target as LLVM's intrinsics, for
// most of which a GPU has no instruction (C17 7.12).  On a GPU this needs the CUDA
// toolkit.
//
// RUN: %cc %s -o %exe -lm
// RUN: %run %exe

#include "../expect.h"

#define FUNCTIONS(X)                                                           \
  X(acos)                                                                      \
  X(asin)                                                                      \
  X(atan)                                                                      \
  X(cos) X(cosh) X(exp) X(exp2) X(log) X(log10) X(log2) X(sin) X(sinh) X(tan)  \
      X(tanh)
#define CALL(name)                                                             \
  d[n] = __builtin_##name(x);                                                  \
  f[n++] = __builtin_##name##f((float)x);

enum { RESULTS = 20 };
static double device_d[RESULTS], host_d[RESULTS];
static float device_f[RESULTS], host_f[RESULTS];

#pragma omp begin declare target
static int evaluate(double x, double y, double *d, float *f) {
  int n = 0;
  FUNCTIONS(CALL)
  d[n] = __builtin_pow(x, y);
  f[n++] = __builtin_powf((float)x, (float)y);
  d[n] = __builtin_atan2(x, y);
  f[n++] = __builtin_atan2f((float)x, (float)y);
  return n;
}
#pragma omp end declare target

int main(void) {
  volatile double x = 0.7, y = 2.3;
  int n = 0;
#pragma omp target map(from : device_d, device_f, n)
  n = evaluate(x, y, device_d, device_f);
  EXPECT_EQ(evaluate(x, y, host_d, host_f), n);
  EXPECT_EQ(n, 16);
  for (int k = 0; k < n; k++) {
    EXPECT(__builtin_fabs(device_d[k] - host_d[k]) <=
           1e-15 * __builtin_fabs(host_d[k]));
    EXPECT(__builtin_fabsf(device_f[k] - host_f[k]) <=
           5e-7f * __builtin_fabsf(host_f[k]));
  }
  return expect_failures;
}
