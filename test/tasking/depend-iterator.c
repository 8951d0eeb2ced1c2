// An iterator makes a list of dependences whose length is known at run time
// (OpenMP 5.2, 3.2.6).
//
// OpenMP 5.2: 3.2.6 iterator; 15.9.5 depend(iterator)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 40 };

int main(void) {
  int value[N] = {0}, prefix[N] = {0};
#pragma omp target map(tofrom : value, prefix)
#pragma omp parallel
#pragma omp single
  {
    for (int i = 0; i < N; i++) {
#pragma omp task depend(out : value[i]) shared(value)
      value[i] = i + 1;
    }
    for (int i = 0; i < N; i += 3) {
#pragma omp task depend(iterator(k = 0 : i + 1), in : value[k])                \
    shared(value, prefix)
      for (int k = 0; k <= i; k++)
        prefix[i] += value[k];
    }
#pragma omp task depend(iterator(k = 0 : N), inout : value[k]) shared(value)
    for (int k = 0; k < N; k++)
      value[k] = -1;
  }
  for (int i = 0; i < N; i += 3)
    EXPECT_EQ(prefix[i], (i + 1) * (i + 2) / 2);
  for (int i = 0; i < N; i++)
    EXPECT_EQ(value[i], -1);
  return expect_failures;
}
