// A loop with fewer iterations than threads runs each of them once, also where
// teams distribute and threads share in one loop (OpenMP 5.2, 11.5.3, 11.6).
//
// OpenMP 5.2: 11.5 for
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 5 };

int main(void) {
  int plain[N] = {0}, chunked[N] = {0}, down[N] = {0};
  int combined[N] = {0}, together[N] = {0};
#pragma omp target map(tofrom : plain, chunked, down)
#pragma omp parallel
  {
#pragma omp for schedule(static)
    for (int i = 0; i < N; i++)
      plain[i]++;
#pragma omp for schedule(static, 2)
    for (unsigned i = 0; i < N; i++)
      chunked[i]++;
#pragma omp for schedule(static, 1)
    for (int i = N - 1; i >= 0; i--)
      down[i]++;
  }
#pragma omp target teams distribute parallel for num_teams(1)                  \
    map(tofrom : combined)
  for (int i = 0; i < N; i++)
    combined[i]++;
#pragma omp target teams loop num_teams(1) map(tofrom : together)
  for (int i = 0; i < N; i++)
    together[i]++;
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(plain[i], 1);
    EXPECT_EQ(chunked[i], 1);
    EXPECT_EQ(down[i], 1);
    EXPECT_EQ(combined[i], 1);
    EXPECT_EQ(together[i], 1);
  }
  return expect_failures;
}
