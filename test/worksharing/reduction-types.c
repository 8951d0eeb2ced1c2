// Each reduction operator works on each arithmetic type that it is defined for,
// next to the others in one construct (OpenMP 5.2, 5.5, table 5.2).
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <complex.h>
#include <stdbool.h>

enum { N = 60 };

// All operators for one integer type.
#define INTEGER(T, name)                                                       \
  static int check_##name(void) {                                              \
    T sum = 3, product = 1, low = 100, high = 1, both = (T) ~(T)0, any = 0,    \
      odd = 5;                                                                 \
    T all = 1, none = 1, some = 0;                                             \
    _Pragma("omp target map(tofrom : sum, product, low, high, both, any, odd)  \
    map(tofrom : all, none, some)") _Pragma(                                   \
        "omp parallel for reduction(+ : sum) reduction(* : product)        \
    reduction(min : low) reduction(max : high) reduction(& : both)             \
    reduction(| : any) reduction(^ : odd) reduction(&& : all, none)            \
    reduction(|| : some)") for (int i = 0; i < N; i++) {                       \
      sum = (T)(sum + i % 3);                                                  \
      product = (T)(product * (i % 20 == 7 ? 3 : 1));                          \
      low = (T)(i + 10) < low ? (T)(i + 10) : low;                             \
      high = (T)(i * 2) > high ? (T)(i * 2) : high;                            \
      both = (T)(both & ~(1 << i % 4));                                        \
      any = (T)(any | 1 << i % 5);                                             \
      odd = (T)(odd ^ i);                                                      \
      all = all && i < N;                                                      \
      none = none && i != 31;                                                  \
      some = some || i == 31;                                                  \
    }                                                                          \
    T x = 5;                                                                   \
    for (int i = 0; i < N; i++)                                                \
      x = (T)(x ^ i);                                                          \
    return (sum == 3 + N) + 2 * (product == 27) + 4 * (low == 10) +            \
           8 * (high == 2 * N - 2) + 16 * (both == (T) ~(T)15) +               \
           32 * (any == 31) + 64 * (odd == x) + 128 * (all == 1) +             \
           256 * (none == 0) + 512 * (some == 1);                              \
  }
INTEGER(signed char, signed_char)
INTEGER(unsigned char, unsigned_char)
INTEGER(short, short)
INTEGER(unsigned short, unsigned_short)
INTEGER(int, int)
INTEGER(unsigned, unsigned)
INTEGER(long, long)
INTEGER(unsigned long, unsigned_long)
INTEGER(long long, long_long)

// A floating type; all values are exact.
#define REAL(T, name)                                                          \
  static int check_##name(void) {                                              \
    T sum = (T)0.5, product = 2, low = 1000, high = -1000, less = 7;           \
    int all = 1, some = 0;                                                     \
    _Pragma("omp target map(tofrom : sum, product, low, high, less, all, "     \
            "some)") _Pragma(                                                  \
        "omp parallel for reduction(+ : sum) reduction(* : product)        \
    reduction(min : low) reduction(max : high) reduction(- : less)             \
    reduction(&& : all) reduction(|| : some) schedule(dynamic)") for (int i =  \
                                                                          0;   \
                                                                      i < N;   \
                                                                      i++) {   \
      sum += (T)0.25;                                                          \
      product *= i % 20 == 7 ? (T)0.5 : 1;                                     \
      low = (T)(i - 7.5) < low ? (T)(i - 7.5) : low;                           \
      high = (T)(i - 80.5) > high ? (T)(i - 80.5) : high;                      \
      less -= (T)0.5;                                                          \
      all = all && sum > 0;                                                    \
      some = some || i == 12;                                                  \
    }                                                                          \
    return (sum == (T)(0.5 + N * 0.25)) + 2 * (product == (T)0.25) +           \
           4 * (low == (T) - 7.5) + 8 * (high == (T)(N - 81.5)) +              \
           16 * (less == (T)(7 - N * 0.5)) + 32 * (all == 1) +                 \
           64 * (some == 1);                                                   \
  }
REAL(float, float)
REAL(double, double)

static int check_bool(void) {
  bool all = true, none = true, some = false, never = false;
#pragma omp target map(tofrom : all, none, some, never)
#pragma omp parallel for reduction(&& : all, none) reduction(|| : some, never)
  for (int i = 0; i < N; i++) {
    all = all && i >= 0;
    none = none && i != 44;
    some = some || i == 44;
    never = never || i > N;
  }
  return all + 2 * !none + 4 * some + 8 * !never;
}

static int check_complex(void) {
  float _Complex single = 1;
  double _Complex sum = 0.5, turn = 1;
#pragma omp target map(tofrom : single, sum, turn)
#pragma omp parallel for reduction(+ : single, sum) reduction(* : turn)
  for (int i = 0; i < N; i++) {
    single += i + 2.0f * I;
    sum += 0.5 - i * I;
    if (i % 20 == 3)
      turn *= I;
  }
  int total = N * (N - 1) / 2;
  return (crealf(single) == (float)(1 + total)) +
         2 * (cimagf(single) == 2 * N) + 4 * (creal(sum) == 0.5 + N * 0.5) +
         8 * (cimag(sum) == -total) + 16 * (creal(turn) == 0) +
         32 * (cimag(turn) == -1);
}

int main(void) {
  EXPECT_EQ(check_signed_char(), 1023);
  EXPECT_EQ(check_unsigned_char(), 1023);
  EXPECT_EQ(check_short(), 1023);
  EXPECT_EQ(check_unsigned_short(), 1023);
  EXPECT_EQ(check_int(), 1023);
  EXPECT_EQ(check_unsigned(), 1023);
  EXPECT_EQ(check_long(), 1023);
  EXPECT_EQ(check_unsigned_long(), 1023);
  EXPECT_EQ(check_long_long(), 1023);
  EXPECT_EQ(check_float(), 127);
  EXPECT_EQ(check_double(), 127);
  EXPECT_EQ(check_bool(), 15);
  EXPECT_EQ(check_complex(), 63);
  return expect_failures;
}
