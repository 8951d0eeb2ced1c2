// Each reduction operator works on each arithmetic type that it is defined for,
// next to the others in one construct (OpenMP 5.2, 5.5, table 5.2).  The host's
// version of a double _Complex reduction needs libatomic.
//
// OpenMP 5.2: 5.5.3 reduction operators
//
// RUN: %cc %s -latomic -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <complex.h>
#include <stdbool.h>

enum { N = 60 };

#define T    signed char
#define NAME check_signed_char
#include "Inputs/reduce-integer.h"
#define T    unsigned char
#define NAME check_unsigned_char
#include "Inputs/reduce-integer.h"
#define T    short
#define NAME check_short
#include "Inputs/reduce-integer.h"
#define T    unsigned short
#define NAME check_unsigned_short
#include "Inputs/reduce-integer.h"
#define T    int
#define NAME check_int
#include "Inputs/reduce-integer.h"
#define T    unsigned
#define NAME check_unsigned
#include "Inputs/reduce-integer.h"
#define T    long
#define NAME check_long
#include "Inputs/reduce-integer.h"
#define T    unsigned long
#define NAME check_unsigned_long
#include "Inputs/reduce-integer.h"
#define T    long long
#define NAME check_long_long
#include "Inputs/reduce-integer.h"
#define T    float
#define NAME check_float
#include "Inputs/reduce-real.h"
#define T    double
#define NAME check_double
#include "Inputs/reduce-real.h"

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
  EXPECT_EQ(check_float(), 255);
  EXPECT_EQ(check_double(), 255);
  EXPECT_EQ(check_bool(), 15);
  EXPECT_EQ(check_complex(), 63);
  return expect_failures;
}
