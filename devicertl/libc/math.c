/* math.c - what of <math.h> is one instruction of the machine, by the names
 * that clang gives it on NVIDIA GPUs.  A program that needs no more runs
 * without the CUDA toolkit, whose libdevice has the rest. */
#include "libc.h"

HDL_LIBC int __nv_abs(int n) { return n < 0 ? -n : n; }
HDL_LIBC long long __nv_llabs(long long n) { return n < 0 ? -n : n; }

#define DEFINE_1(name)                                                         \
  HDL_LIBC double __nv_##name(double x) { return __builtin_##name(x); }        \
  HDL_LIBC float __nv_##name##f(float x) { return __builtin_##name##f(x); }
#define DEFINE_2(name)                                                         \
  HDL_LIBC double __nv_##name(double x, double y) {                            \
    return __builtin_##name(x, y);                                             \
  }                                                                            \
  HDL_LIBC float __nv_##name##f(float x, float y) {                            \
    return __builtin_##name##f(x, y);                                          \
  }
DEFINE_1(ceil)
DEFINE_1(fabs)
DEFINE_1(floor)
DEFINE_1(trunc)
DEFINE_1(rint)
DEFINE_1(nearbyint)
DEFINE_1(sqrt)
DEFINE_2(copysign)
DEFINE_2(fmax)
DEFINE_2(fmin)

HDL_LIBC double __nv_fma(double x, double y, double z) {
  return __builtin_fma(x, y, z);
}
HDL_LIBC float __nv_fmaf(float x, float y, float z) {
  return __builtin_fmaf(x, y, z);
}

/* clang calls these by C's names. */
HDL_LIBC double nan(const char *payload) {
  (void)payload;
  return __builtin_nan("");
}
HDL_LIBC float nanf(const char *payload) {
  (void)payload;
  return __builtin_nanf("");
}

/* What takes floating-point numbers apart (C17 7.12.6, 7.12.9). */
enum {
  FRACTION_BITS = 52,
  EXPONENT_MASK = 0x7ff,
  EXPONENT_BIAS = 1022, /* of a fraction in [1/2, 1) */
};

/* 2 to the power of n, which is normal. */
static double power_of_2(int n) {
  return libc_double_of((uint64_t)(n + EXPONENT_BIAS + 1) << FRACTION_BITS);
}

HDL_LIBC double __nv_scalbn(double x, int n) {
  /* The last step is the only one that rounds: a result below the normal
   * numbers comes from one that is 53 bits above them. */
  while (n > 1023 && x != 0 && x == x && x - x == 0) {
    x *= power_of_2(1023);
    n -= 1023;
  }
  if (n > 1023)
    return x;
  for (int steps = 0; n < -969 && steps < 3; steps++) {
    x *= power_of_2(-969);
    n += 969;
  }
  return n < -1022 ? x * 0 : x * power_of_2(n);
}
HDL_LIBC float __nv_scalbnf(float x, int n) {
  return (float)__nv_scalbn(x, n < -400 ? -400 : n > 400 ? 400 : n);
}
HDL_LIBC double __nv_ldexp(double x, int n) { return __nv_scalbn(x, n); }
HDL_LIBC float __nv_ldexpf(float x, int n) { return __nv_scalbnf(x, n); }

HDL_LIBC double __nv_frexp(double x, int *exponent) {
  *exponent = 0;
  uint64_t bits = libc_bits_of(x);
  int biased = (int)(bits >> FRACTION_BITS) & EXPONENT_MASK;
  if (x == 0 || biased == EXPONENT_MASK)
    return x; /* zero, infinity or no number */
  if (biased == 0) {
    bits = libc_bits_of(x * power_of_2(64)); /* make it normal */
    biased = ((int)(bits >> FRACTION_BITS) & EXPONENT_MASK) - 64;
  }
  *exponent = biased - EXPONENT_BIAS;
  bits &= ~((uint64_t)EXPONENT_MASK << FRACTION_BITS);
  return libc_double_of(bits | (uint64_t)EXPONENT_BIAS << FRACTION_BITS);
}
HDL_LIBC float __nv_frexpf(float x, int *exponent) {
  return (float)__nv_frexp(x, exponent);
}

HDL_LIBC double __nv_modf(double x, double *whole) {
  *whole = __builtin_trunc(x);
  double rest = x - x == 0 ? x - *whole : x == x ? 0 : x; /* of infinity: 0 */
  return __builtin_copysign(rest, x);
}
HDL_LIBC float __nv_modff(float x, float *whole) {
  double part, rest = __nv_modf(x, &part);
  *whole = (float)part;
  return (float)rest;
}

HDL_LIBC double __nv_round(double x) {
  double whole = __builtin_trunc(x);
  if (__builtin_fabs(x - whole) >= 0.5)
    whole += __builtin_copysign(1, x);
  return __builtin_copysign(whole, x);
}
HDL_LIBC float __nv_roundf(float x) { return (float)__nv_round(x); }
HDL_LIBC long long __nv_llround(double x) { return (long long)__nv_round(x); }
HDL_LIBC long long __nv_llroundf(float x) { return (long long)__nv_round(x); }
HDL_LIBC long long __nv_llrint(double x) {
  return (long long)__builtin_rint(x);
}
HDL_LIBC long long __nv_llrintf(float x) {
  return (long long)__builtin_rint(x);
}
