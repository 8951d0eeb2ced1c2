#include "../../expect.h"

int library_square(int n);
int library_calls(void);

int main(void) {
  int here = 0;
#pragma omp target map(from : here)
  here = 5;
  EXPECT_EQ(here, 5);
  EXPECT_EQ(library_square(here), 25);
  EXPECT_EQ(library_square(7), 49);
  EXPECT_EQ(library_calls(), 2);
  return expect_failures;
}
