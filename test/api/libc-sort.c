// qsort and bsearch on the device, with a function pointer and elements of
// several sizes; each thread sorts its own (C17 7.22.5).
//
// C17: 7.22 stdlib.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <stdlib.h>
#include <string.h>

enum { MANY = 10000, FEW = 37 };

struct entry {
  char name[11]; /* an odd size */
};

#pragma omp begin declare target
static int by_number(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}
static int by_name(const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->name,
                ((const struct entry *)b)->name);
}
static int by_double(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}
#pragma omp end declare target

static int numbers[MANY], expected[MANY];

int main(void) {
  for (int i = 0; i < MANY; i++)
    numbers[i] = expected[i] = (int)((unsigned)i * 2654435761u >> 20) - 1000;
  qsort(expected, MANY, sizeof *expected, by_number);
  int found = 0, missing = 0, unsorted = 0;
#pragma omp target map(tofrom : numbers, found, missing, unsorted)
  {
    qsort(numbers, MANY, sizeof *numbers, by_number);
    for (int i = 0; i < MANY; i++) {
      int *at = bsearch(&numbers[i], numbers, MANY, sizeof *numbers, by_number);
      found += at != NULL && *at == numbers[i];
    }
    int low = -2000, high = 1 << 20;
    missing += !bsearch(&low, numbers, MANY, sizeof *numbers, by_number);
    missing += !bsearch(&high, numbers, MANY, sizeof *numbers, by_number);
    missing += !bsearch(&low, numbers, 0, sizeof *numbers, by_number);
#pragma omp parallel num_threads(4) reduction(+ : unsorted)
    {
      struct entry names[FEW];
      double values[FEW];
      for (int i = 0; i < FEW; i++) {
        snprintf(names[i].name, sizeof names[i].name, "%c%d", 'a' + i * 7 % 26,
                 i);
        values[i] = i * 37 % 101;
      }
      for (int n = 0; n <= FEW; n++) {
        qsort(names, (size_t)n, sizeof *names, by_name);
        qsort(values, (size_t)n, sizeof *values, by_double);
        for (int i = 1; i < n; i++)
          unsorted += by_name(&names[i - 1], &names[i]) > 0 ||
                      values[i - 1] < values[i];
      }
    }
  }
  EXPECT(memcmp(numbers, expected, sizeof numbers) == 0);
  EXPECT_EQ(found, MANY);
  EXPECT_EQ(missing, 3);
  EXPECT_EQ(unsorted, 0);
  return expect_failures;
}
