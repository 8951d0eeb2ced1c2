// snprintf on the device formats like the host's: every conversion, flag and
// length, and doubles correctly rounded (C17 7.21.6.1, 7.21.6.5).
//
// C17: 7.21 stdio.h
//
// RUN: %cc -Wno-format %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { NUMBERS = 2000, ROOM = 1200 };

/* One line of each list is formatted twice: on the device and on the host. */
#define INTEGERS(X)                                                            \
  X("%d|%i|%u", -5, 7, 4000000000u)                                            \
  X("%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42, 42)                               \
  X("%.3d|%8.3d|%-8.3d|%08.3d|%.0d", 7, 7, 7, 7, 0)                            \
  X("%hhd|%hd|%ld|%lld|%zd|%jd|%td", 300, 70000, -1L, 1LL << 62, (size_t)3,    \
    (intmax_t) - 9, (ptrdiff_t)8)                                              \
  X("%hhu|%hu|%lu|%llu", 300, 70000, -1L, ~0ull)                               \
  X("%x|%X|%#x|%#X|%#o|%o|%#x|%#o", 255, 255, 255, 255, 8, 8, 0, 0)            \
  X("%#10x|%-#10x|%#010x|%.5x|%#.5o", 255, 255, 255, 255, 8)                   \
  X("%*d|%-*d|%.*d|%*d", 6, 1, 6, 2, 4, 3, -6, 4)                              \
  X("%c|%3c|%-3c|%%|%5s|%-5s|%.2s|%s", 'a', 'b', 'c', "x", "y", "xyz", "")     \
  X("%d %s %d %s %ld", INT32_MIN, "a", INT32_MAX, "b", INT64_MIN)              \
  X("%p|%20p|%-20p|%p", (void *)0x1234, (void *)1, (void *)2, (void *)0)
#define DOUBLES(X)                                                             \
  X("%f|%F|%e|%E|%g|%G", 0.0, 1.5, 12345.678, 1e-10, 1e100, 1e-5)              \
  X("%.0f|%.0f|%.0f|%.0f|%#.0f", 0.5, 1.5, 2.5, 0.50001, 3.0)                  \
  X("%.1f|%.2f|%.3f|%.10f", 0.25, 1.005, 9.9995, 99999.99999999999)            \
  X("%10.3f|%-10.3f|%010.3f|%+.3f|% .3f", 1.5, -1.5, -1.5, 1.5, 1.5)           \
  X("%g|%g|%g|%g|%g|%#g", 100000.0, 1000000.0, 0.0001, 0.00001, 123456789.0,   \
    1.0)                                                                       \
  X("%.3g|%.10g|%.0g|%g|%#.3g", 0.00012345, 1.0 / 3, 5.5, -0.0, 1e10)          \
  X("%a|%a|%a|%A|%.2a|%.0a|%.20a", 1.0, 0.0, -0.1, 255.5, 1.999, 1.5, 1.0)     \
  X("%20a|%-20a|%020a|%+a|%a", 1.5, 1.5, 1.5, 1.5, 4.9e-324)                   \
  X("%f|%5f|%-6f|%06f|%E|%+g", INFINITY, INFINITY, INFINITY, INFINITY,         \
    -INFINITY, INFINITY)                                                       \
  X("%f|%G", (double)NAN, (double)NAN)                                         \
  X("%.3e|%.0e|%#.0e|%.15e|%.30e", 9.9995, 9.5, 2.5, 1.0 / 3, 0.1)             \
  X("%f", 1.7976931348623157e308)                                              \
  X("%.1074f", 4.9406564584124654e-324)                                        \
  X("%.1100f", 1.7976931348623157e308 / 3)                                     \
  X("%.800e", 2.2250738585072009e-308)

#define COUNT_LINE(...) +1
enum { LINES = 0 INTEGERS(COUNT_LINE) DOUBLES(COUNT_LINE) };

struct line {
  int length;
  char text[ROOM + 400];
};

static void compare(const struct line *got, const struct line *want) {
  if (got->length == want->length && strcmp(got->text, want->text) == 0)
    return;
  printf("device: %d [%s]\nhost:   %d [%s]\n", got->length, got->text,
         want->length, want->text);
  expect_failures = 1;
}

/* Doubles of all magnitudes, and some that are short in decimal. */
static double example(uint64_t *state, int i) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  if (i % 4 == 0)
    return (double)(*state >> 44) / 1000;
  if (i % 4 == 1)
    return ldexp((double)(*state >> 40), -(i % 60));
  uint64_t bits = *state ^ *state >> 29;
  double d;
  memcpy(&d, &bits, sizeof d);
  return isfinite(d) ? d : 0.1;
}

static struct line device[LINES], host[LINES];
static struct {
  double number;
  char text[4][400];
} numbers[NUMBERS];

int main(void) {
#define FORMAT(...)                                                            \
  to->length = snprintf(to->text, sizeof to->text, __VA_ARGS__);               \
  to++;
#pragma omp target map(from : device)
  {
    struct line *to = device;
    INTEGERS(FORMAT)
    DOUBLES(FORMAT)
  }
  struct line *to = host;
  INTEGERS(FORMAT)
  DOUBLES(FORMAT)
  for (int i = 0; i < LINES; i++)
    compare(&device[i], &host[i]);

  uint64_t state = 1;
  for (int i = 0; i < NUMBERS; i++)
    numbers[i].number = example(&state, i);
#pragma omp target parallel for map(tofrom : numbers)
  for (int i = 0; i < NUMBERS; i++) {
    int places = i % 23;
    snprintf(numbers[i].text[0], 400, "%.*f", places, numbers[i].number);
    snprintf(numbers[i].text[1], 400, "%.*e", places, numbers[i].number);
    snprintf(numbers[i].text[2], 400, "%.*g", places, numbers[i].number);
    snprintf(numbers[i].text[3], 400, "%.*a", places, numbers[i].number);
  }
  for (int i = 0; i < NUMBERS; i++)
    for (int k = 0; k < 4; k++) {
      const char *const format[] = {"%.*f", "%.*e", "%.*g", "%.*a"};
      char want[400];
      snprintf(want, sizeof want, format[k], i % 23, numbers[i].number);
      if (strcmp(want, numbers[i].text[k]) == 0)
        continue;
      printf("%a: device %s, host %s\n", numbers[i].number, numbers[i].text[k],
             want);
      expect_failures = 1;
    }

  // What does not fit is counted, and the text ends in a nul.
  char small[8] = "1234567", other[40];
  int n = 0, m = 0, stored = 0;
#pragma omp target map(tofrom : small, other, n, m, stored)
  {
    n = snprintf(small, 4, "%s%n", "abcdefgh", &stored);
    m = snprintf(NULL, 0, "%d", 12345) + sprintf(other, "%-5s|", "ab");
  }
  EXPECT_EQ(n, 8);
  EXPECT_EQ(stored, 8);
  EXPECT_EQ(m, 11);
  EXPECT(memcmp(small,
                "abc\0"
                "567",
                8) == 0);
  EXPECT(strcmp(other, "ab   |") == 0);
  return expect_failures;
}
