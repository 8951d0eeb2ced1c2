// frexp, ldexp, scalbn, modf, round, llround and llrint on the device give what
// the host's do, bit for bit, also for zeros, subnormal numbers, infinities and
// what is no number; they need no CUDA toolkit (C17 7.12.6 and 7.12.9).
//
// C17: 7.12 math.h
//
// RUN: %cc %s -o %exe -lm
// RUN: %run %exe

#include "../expect.h"
#include <math.h>
#include <string.h>

enum { NUMBERS = 26, POWERS = 15 };

static const double number[NUMBERS] = {0.0,
                                       -0.0,
                                       1.0,
                                       -1.0,
                                       0.5,
                                       -0.5,
                                       1.5,
                                       2.5,
                                       -2.5,
                                       0.49999999999999994,
                                       3.75,
                                       -1e300,
                                       1e300,
                                       1e-300,
                                       5e-324,
                                       -5e-324,
                                       2.3e-308,
                                       1e-310,
                                       4503599627370497.5,
                                       -7.25e15,
                                       123456.789,
                                       INFINITY,
                                       -INFINITY,
                                       NAN,
                                       1.1754942e-38,
                                       3.4e38};
static const int power[POWERS] = {0,     1,     -1,    52,    -52,
                                  900,   -900,  1023,  -1022, 2100,
                                  -1074, -1080, -2200, 130,   -149};

struct result {
  double fraction, scaled[POWERS], rest, whole, rounded;
  float fraction_f, scaled_f[POWERS], rest_f, whole_f, rounded_f;
  long long nearest, even;
  int exponent, exponent_f;
};

#pragma omp begin declare target
static void evaluate(struct result *r, double x, const int *n) {
  r->fraction = frexp(x, &r->exponent);
  r->fraction_f = frexpf((float)x, &r->exponent_f);
  for (int i = 0; i < POWERS; i++) {
    r->scaled[i] = i % 2 ? ldexp(x, n[i]) : scalbn(x, n[i]);
    r->scaled_f[i] = i % 2 ? ldexpf((float)x, n[i]) : scalbnf((float)x, n[i]);
  }
  r->rest = modf(x, &r->whole);
  r->rest_f = modff((float)x, &r->whole_f);
  r->rounded = round(x);
  r->rounded_f = roundf((float)x);
  int fits = fabs(x) < 1e18;
  r->nearest = fits ? llround(x) : 0;
  r->even = fits ? llrint(x) : 0;
}
#pragma omp end declare target

static int same(double a, double b) {
  return isnan(a) ? isnan(b) : memcmp(&a, &b, sizeof a) == 0;
}

int main(void) {
  static struct result device[NUMBERS], host[NUMBERS];
#pragma omp target map(to : number, power) map(from : device)
  for (int i = 0; i < NUMBERS; i++)
    evaluate(&device[i], number[i], power);
  for (int i = 0; i < NUMBERS; i++) {
    struct result *d = &device[i], *h = &host[i];
    evaluate(h, number[i], power);
    EXPECT(same(d->fraction, h->fraction));
    EXPECT(same(d->fraction_f, h->fraction_f));
    if (isfinite(number[i]))
      EXPECT_EQ(d->exponent, h->exponent);
    if (isfinite((float)number[i]))
      EXPECT_EQ(d->exponent_f, h->exponent_f);
    for (int k = 0; k < POWERS; k++) {
      EXPECT(same(d->scaled[k], h->scaled[k]));
      EXPECT(same(d->scaled_f[k], h->scaled_f[k]));
    }
    EXPECT(same(d->rest, h->rest));
    EXPECT(same(d->whole, h->whole));
    EXPECT(same(d->rest_f, h->rest_f));
    EXPECT(same(d->whole_f, h->whole_f));
    EXPECT(same(d->rounded, h->rounded));
    EXPECT(same(d->rounded_f, h->rounded_f));
    EXPECT_EQ(d->nearest, h->nearest);
    EXPECT_EQ(d->even, h->even);
  }
  return expect_failures;
}
