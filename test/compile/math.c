// Arithmetic on the device: 64-bit and 128-bit integers, floats, bit fields,
// unions, struct returns, complex numbers, switches and goto (C17).
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <complex.h>

union bits {
  float real;
  unsigned word;
};

struct fields {
  unsigned low : 3, middle : 11;
  signed high : 7;
};

#pragma omp begin declare target
struct wide {
  long long part[5];
};
static struct wide spread(long long n) {
  struct wide w;
  for (int i = 0; i < 5; i++)
    w.part[i] = n << i;
  return w;
}
#pragma omp end declare target

int main(void) {
  volatile int seven = 7;
  long long out[12];
  double real[4];
#pragma omp target map(from : out, real)
  {
    int n = seven;
    out[0] = (1LL << 40) / n % 1000;
    out[1] = -23 / n;
    out[2] = -23 % n;
    unsigned __int128 big = (unsigned __int128)1 << 100;
    out[3] = (long long)((big / (unsigned)n) >> 64);
    union bits u = {.real = 1.5f * (float)n};
    out[4] = u.word;
    struct fields f = {5, 1500, -60};
    f.middle += (unsigned)n;
    f.high = (signed)(f.high + n);
    out[5] = f.low + 10 * f.middle + 100000 * f.high;
    struct wide w = spread(n);
    out[6] = w.part[4];
    out[7] = __builtin_popcountll(0xf0f0ull * (unsigned)n) + __builtin_clz(1u);
    switch (n) {
    case 1 ... 6:
      out[8] = 1;
      break;
    case 7:
      out[8] = 2;
      goto done;
    default:
      out[8] = 3;
    }
    out[8] = 4;
  done:
    out[9] = (unsigned char)(250 + n) + (short)(32767 + n);
    real[0] = 1.0 / n;
    real[1] = (double)(float)(0.1f * (float)n);
    double complex z = (1.0 + 2.0 * I) * (n - 1.0 * I);
    real[2] = creal(z);
    real[3] = cimag(z);
  }
  EXPECT_EQ(out[0], (1LL << 40) / 7 % 1000);
  EXPECT_EQ(out[1], -3);
  EXPECT_EQ(out[2], -2);
  EXPECT_EQ(out[3], (1LL << 36) / 7);
  EXPECT_EQ(out[4], 0x41280000);
  EXPECT_EQ(out[5], 5 + 15070 - 5300000);
  EXPECT_EQ(out[6], 7 << 4);
  EXPECT_EQ(out[7], __builtin_popcountll(0xf0f0ull * 7) + 31);
  EXPECT_EQ(out[8], 2);
  EXPECT_EQ(out[9], 1 - 32762);
  EXPECT(real[0] == 1.0 / 7);
  EXPECT(real[1] == (double)(0.1f * 7));
  EXPECT(real[2] == 9 && real[3] == 13);
  return expect_failures;
}
