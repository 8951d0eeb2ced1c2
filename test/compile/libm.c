// <math.h> on the device: what libdevice has, from the host's libm on the
// emulator and from the CUDA toolkit's on a GPU (C17 7.12).
//
// C17: 7.12 math.h
//
// REQUIRES: emulator || host
// RUN: %cc %s -o %exe -lm
// RUN: %run %exe

#include "../expect.h"
#include <math.h>
#include <string.h>

#define ONE_ARGUMENT(X)                                                        \
  X(acos)                                                                      \
  X(acosh)                                                                     \
  X(asin) X(asinh) X(atan) X(atanh) X(cbrt) X(ceil) X(cos) X(cosh) X(erf)      \
      X(erfc) X(exp) X(exp2) X(expm1) X(fabs) X(floor) X(lgamma) X(log)        \
          X(log10) X(log1p) X(log2) X(logb) X(nearbyint) X(rint) X(round)      \
              X(sin) X(sinh) X(sqrt) X(tan) X(tanh) X(tgamma) X(trunc)
#define TWO_ARGUMENTS(X)                                                       \
  X(atan2)                                                                     \
  X(copysign)                                                                  \
  X(fdim) X(fmax) X(fmin) X(fmod) X(hypot) X(nextafter) X(pow) X(remainder)
#define CALL_1(name)                                                           \
  d[n] = name(x);                                                              \
  f[n++] = name##f((float)x);
#define CALL_2(name)                                                           \
  d[n] = name(x, y);                                                           \
  f[n++] = name##f((float)x, (float)y);

enum { RESULTS = 80, INTEGERS = 8 };
static double device_d[RESULTS], host_d[RESULTS];
static float device_f[RESULTS], host_f[RESULTS];
static long device_i[INTEGERS], host_i[INTEGERS];

#pragma omp begin declare target
static int evaluate(double x, double y, double *d, float *f, long *i) {
  int n = 0, exponent = 0;
  ONE_ARGUMENT(CALL_1)
  TWO_ARGUMENTS(CALL_2)
  d[n] = fma(x, y, 0.1);
  f[n++] = fmaf((float)x, (float)y, 0.1f);
  d[n] = frexp(x, &exponent);
  n++;
  f[n] = modff((float)x, &f[n + 1]);
  d[n] = modf(y, &d[n + 1]);
  n += 2;
  d[n] = ldexp(x, 5);
  f[n++] = scalbnf((float)x, 3);
  i[0] = exponent;
  i[1] = lround(x * 10);
  i[2] = llrint(y * 10);
  i[3] = ilogb(x);
  i[4] = isnan(nan("")) != 0;
  i[5] = isinf(x / 0.0 * 1) != 0;
  i[6] = signbit(-x) != 0;
  i[7] = lrint(x * 100);
  return n;
}
#pragma omp end declare target

int main(void) {
  volatile double x = 0.7, y = 2.3;
  int n = 0;
#pragma omp target map(from : device_d, device_f, device_i, n)
  n = evaluate(x, y, device_d, device_f, device_i);
  EXPECT_EQ(evaluate(x, y, host_d, host_f, host_i), n);
  for (int k = 0; k < n; k++) {
    double error = fabs(device_d[k] - host_d[k]);
    float error_f = fabsf(device_f[k] - host_f[k]);
    if (error <= 4e-16 * fabs(host_d[k]) && error_f <= 3e-7f * fabsf(host_f[k]))
      continue;
    if (memcmp(&device_d[k], &host_d[k], sizeof *host_d) == 0)
      continue; /* not a number */
    printf("function %d: device %.17g %.9g, host %.17g %.9g\n", k, device_d[k],
           (double)device_f[k], host_d[k], (double)host_f[k]);
    expect_failures = 1;
  }
  for (int k = 0; k < INTEGERS; k++)
    EXPECT_EQ(device_i[k], host_i[k]);
  return expect_failures;
}
