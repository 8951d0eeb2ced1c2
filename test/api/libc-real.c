// strtod and atof on the device are correctly rounded, stop where the number
// ends, and report what is out of range; printing with 17 digits and reading
// gives the same number back (C17 7.22.1.3).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 36, NUMBERS = 2000, ROOM = 1600 };

static char text[CASES][ROOM] = {
    "0",
    "-0.0",
    "1",
    "  +12.5xyz",
    "1e10",
    "1e-10",
    "1.e3",
    ".5",
    ".",
    "e5",
    "1e",
    "1e+",
    "0x",
    "0x1.8p3",
    "-0x.8",
    "0x1p-1080",
    "0x1.fffffffffffff8p0",
    "0x1.00000000000008p0",
    "0x1.000000000000080000000001p0",
    "inf",
    "-INFINITYx",
    "nan",
    "nan(a b)",
    "1e308",
    "1.8e308",
    "1e400",
    "4.9e-324",
    "2.4e-324",
    "2.5e-324",
    "1e-400",
    "2.2250738585072011e-308",
    "179769313486231580793e289",
    "9007199254740993",
    "9007199254740992.99999999999999999999999999",
    "123456789012345678901234567",
    "",
};

static struct result {
  double number;
  float small;
  int end, error, small_error;
} got[CASES];

static struct {
  uint64_t bits;
  uint64_t back;
  char text[40];
} numbers[NUMBERS];

static uint64_t bits_of(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

int main(void) {
  // Just above a tie, in the 1101st digit.
  memset(text[CASES - 1], '0', 1200);
  memcpy(text[CASES - 1], "9007199254740993.0", 18);
  text[CASES - 1][1100] = '1';

#pragma omp target map(to : text) map(from : got)
  for (int i = 0; i < CASES; i++) {
    char *end;
    errno = 0;
    got[i].number = strtod(text[i], &end);
    got[i].error = errno;
    got[i].end = (int)(end - text[i]);
    errno = 0;
    got[i].small = strtof(text[i], NULL);
    got[i].small_error = errno;
  }
  for (int i = 0; i < CASES; i++) {
    char *end;
    errno = 0;
    double want = strtod(text[i], &end);
    int error = errno;
    errno = 0;
    float small = strtof(text[i], NULL);
    if (bits_of(want) == bits_of(got[i].number) && error == got[i].error &&
        end - text[i] == got[i].end && errno == got[i].small_error &&
        bits_of((double)small) == bits_of((double)got[i].small))
      continue;
    printf(
        "'%.30s': device %a %a, end %d, errno %d %d; host %a %a, %d, %d %d\n",
        text[i], got[i].number, (double)got[i].small, got[i].end, got[i].error,
        got[i].small_error, want, (double)small, (int)(end - text[i]), error,
        errno);
    expect_failures = 1;
  }

  uint64_t state = 7;
  for (int i = 0; i < NUMBERS; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    numbers[i].bits = state ^ state >> 31;
    if ((numbers[i].bits >> 52 & 0x7ff) == 0x7ff)
      numbers[i].bits >>= 12; /* not a finite number: a subnormal */
  }
#pragma omp target parallel for map(tofrom : numbers)
  for (int i = 0; i < NUMBERS; i++) {
    union {
      uint64_t bits;
      double number;
    } u = {numbers[i].bits};
    snprintf(numbers[i].text, sizeof numbers[i].text, "%.17g", u.number);
    u.number = atof(numbers[i].text);
    numbers[i].back = u.bits;
  }
  for (int i = 0; i < NUMBERS; i++)
    if (numbers[i].back != numbers[i].bits ||
        bits_of(atof(numbers[i].text)) != numbers[i].bits) {
      printf("%#llx: %s gives %#llx\n", (unsigned long long)numbers[i].bits,
             numbers[i].text, (unsigned long long)numbers[i].back);
      expect_failures = 1;
    }
  return expect_failures;
}
