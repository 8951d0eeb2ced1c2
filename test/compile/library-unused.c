// A program carries nothing of the C library but what it uses, and its own
// functions may have the library's names.
//
// C17: 7.1 nothing where nothing is used
//
// REQUIRES: emulator
// RUN: rm -rf %t.cache %t.empty
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_CACHE=%t.cache %exe
// RUN: find %t.cache -type f | xargs strings -a > %t.symbols
// RUN: FileCheck %s < %t.symbols
// RUN: not grep -E "qsort|strtod|hdl_libc|printf|stderr|ctype|heddle_malloc" \
// RUN:   %t.symbols

#include "../expect.h"
#include <string.h>

#pragma omp begin declare target
/* As if the library's were not there. */
char *strpbrk(const char *s, const char *set) {
  (void)set;
  return (char *)s + 100;
}
#pragma omp end declare target

int main(void) {
  long distance = 0;
  int order = 0;
#pragma omp target map(from : distance, order)
  {
    const char *text = "text";
    distance = strpbrk(text, "x") - text;
    order = strcmp(text, "test");
  }
  // CHECK: strcmp
  EXPECT_EQ(distance, 100);
  EXPECT(order > 0);
  return expect_failures;
}
