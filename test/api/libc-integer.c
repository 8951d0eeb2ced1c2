// strtol and its relatives, abs and div on the device (C17 7.22.1, 7.22.6).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 22 };

#pragma omp begin declare target
static const struct {
  char text[32];
  int base;
} cases[CASES] = {
    {"0", 10},
    {"  -42abc", 10},
    {"+7", 0},
    {"0x1F", 0},
    {"0x1F", 16},
    {"0x", 16},
    {"0xg", 0},
    {"077", 0},
    {"089", 0},
    {"zz", 36},
    {"1012", 2},
    {"", 10},
    {"-", 10},
    {"9223372036854775807", 10},
    {"9223372036854775808", 10},
    {"-9223372036854775808", 10},
    {"-9223372036854775809", 10},
    {"18446744073709551615", 10},
    {"18446744073709551616", 10},
    {"-1", 10},
    {"5", 1},
    {"ffffffffffffffffff", 16},
};

struct result {
  long signed_value;
  unsigned long unsigned_value;
  int signed_end, unsigned_end, signed_error, unsigned_error;
};

static void read_case(int i, struct result *r) {
  char *end = NULL;
  errno = 0;
  r->signed_value = strtol(cases[i].text, &end, cases[i].base);
  r->signed_end = end ? (int)(end - cases[i].text) : 0;
  r->signed_error = errno;
  errno = 0;
  r->unsigned_value = strtoul(cases[i].text, &end, cases[i].base);
  r->unsigned_end = end ? (int)(end - cases[i].text) : 0;
  r->unsigned_error = errno;
}
#pragma omp end declare target

int main(void) {
  struct result got[CASES];
#pragma omp target map(from : got)
  for (int i = 0; i < CASES; i++)
    read_case(i, &got[i]);
  for (int i = 0; i < CASES; i++) {
    struct result want;
    read_case(i, &want);
    if (memcmp(&want, &got[i], sizeof want) == 0)
      continue;
    printf("'%s' in base %d: device %ld %lu, %d %d, %d %d\n", cases[i].text,
           cases[i].base, got[i].signed_value, got[i].unsigned_value,
           got[i].signed_end, got[i].unsigned_end, got[i].signed_error,
           got[i].unsigned_error);
    expect_failures = 1;
  }

  volatile int minus_seven = -7;
  long long out[14];
#pragma omp target map(from : out)
  {
    int n = minus_seven;
    div_t q = div(n, 2);
    ldiv_t l = ldiv(n * 1000000000000L, 11);
    lldiv_t ll = lldiv(7, n);
    out[0] = q.quot;
    out[1] = q.rem;
    out[2] = l.quot;
    out[3] = l.rem;
    out[4] = ll.quot;
    out[5] = ll.rem;
    out[6] = abs(n) + labs(n) + llabs(n);
    int (*function)(int) = abs;
    out[7] = function(n);
    out[8] = atoi(" -12x");
    out[9] = atol("123456789012");
    out[10] = atoll("-5");
  }
  EXPECT_EQ(out[0], -3);
  EXPECT_EQ(out[1], -1);
  EXPECT_EQ(out[2], -7000000000000 / 11);
  EXPECT_EQ(out[3], -7000000000000 % 11);
  EXPECT_EQ(out[4], -1);
  EXPECT_EQ(out[5], 0);
  EXPECT_EQ(out[6], 21);
  EXPECT_EQ(out[7], 7);
  EXPECT_EQ(out[8], -12);
  EXPECT_EQ(out[9], 123456789012);
  EXPECT_EQ(out[10], -5);
  return expect_failures;
}
