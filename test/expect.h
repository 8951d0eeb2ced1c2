/* expect.h - how a test program says what it expected.  Host code only: a
 * target region stores what it saw, the host compares. */
#ifndef EXPECT_H
#define EXPECT_H

#include <stdio.h>
#include <stdlib.h>

/* Exit status of the test; also of one whose main returns something else. */
static int expect_failures;

__attribute__((destructor)) static void expect_end(void) {
  fflush(stdout);
  if (expect_failures)
    _Exit(1);
}

/* Compare two integers; print both, with the line, when they differ. */
#define EXPECT_EQ(got, want)                                                   \
  expect_equal(__LINE__, #got, (long long)(got), (long long)(want))

#define EXPECT(condition) expect_equal(__LINE__, #condition, !!(condition), 1)

static inline void expect_equal(int line, const char *what, long long got,
                                long long want) {
  if (got == want)
    return;
  printf("line %d: %s is %lld, expected %lld\n", line, what, got, want);
  expect_failures = 1;
}

#endif /* EXPECT_H */
