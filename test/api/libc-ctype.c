// The functions and macros of <ctype.h> give on the device what they give on
// the host (C17 7.4).
//
// C17: 7.4 ctype.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <ctype.h>

#define CLASSES(X)                                                             \
  X(isalnum, 0)                                                                \
  X(isalpha, 1)                                                                \
  X(isblank, 2)                                                                \
  X(iscntrl, 3)                                                                \
  X(isdigit, 4)                                                                \
  X(isgraph, 5)                                                                \
  X(islower, 6)                                                                \
  X(isprint, 7)                                                                \
  X(ispunct, 8)                                                                \
  X(isspace, 9)                                                                \
  X(isupper, 10)                                                               \
  X(isxdigit, 11)
#define AS_MACRO(name, bit)    (name(c) ? 1 << bit : 0) |
#define AS_FUNCTION(name, bit) ((name)(c) ? 1 << bit : 0) |

int main(void) {
  int macro[257], function[257], lower[257], upper[257];
#pragma omp target map(from : macro, function, lower, upper)
  for (int c = -1; c < 256; c++) {
    macro[c + 1] = CLASSES(AS_MACRO) 0;
    function[c + 1] = CLASSES(AS_FUNCTION) 0;
    lower[c + 1] = tolower(c) + 1000 * (tolower)(c);
    upper[c + 1] = toupper(c) + 1000 * (toupper)(c);
  }
  for (int c = -1; c < 256; c++) {
    EXPECT_EQ(macro[c + 1], CLASSES(AS_FUNCTION) 0);
    EXPECT_EQ(function[c + 1], CLASSES(AS_FUNCTION) 0);
    EXPECT_EQ(lower[c + 1], 1001 * tolower(c));
    EXPECT_EQ(upper[c + 1], 1001 * toupper(c));
  }
  return expect_failures;
}
