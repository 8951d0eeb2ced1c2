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
