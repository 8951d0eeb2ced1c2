// lastprivate of a combined construct is the value of the sequentially last
// iteration, whichever thread of whichever team ran it (OpenMP 5.2, 5.4.5).
//
// OpenMP 5.2: 5.4.5 lastprivate
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"

enum { N = 1003 };

int main(void) {
  int a = -1, b = -1, c = -1, d = -1, big[400], last = -1;
#pragma omp target teams distribute parallel for lastprivate(a, big)           \
    map(tofrom : a, big)
  for (int i = 0; i < N; i++) {
    a = 3 * i;
    big[0] = i;
    big[399] = i + 1;
  }
#pragma omp target teams distribute parallel for num_teams(3) thread_limit(32) \
    dist_schedule(static, 10) schedule(static, 3) lastprivate(b)               \
    map(tofrom : b)
  for (int i = 0; i < N; i++)
    b = i;
#pragma omp target teams distribute parallel for schedule(dynamic, 7)          \
    lastprivate(c) map(tofrom : c)
  for (int i = 0; i < N; i++)
    c = i;
#pragma omp target teams distribute lastprivate(d) map(tofrom : d)
  for (int i = 0; i < N; i++)
    d = i;
#pragma omp target teams distribute parallel for lastprivate(last)             \
    map(tofrom : last)
  for (last = 0; last < N; last += 4)
    ;
  EXPECT_EQ(a, 3 * (N - 1));
  EXPECT_EQ(big[0], N - 1);
  EXPECT_EQ(big[399], N);
  EXPECT_EQ(b, N - 1);
  EXPECT_EQ(c, N - 1);
  EXPECT_EQ(d, N - 1);
  EXPECT_EQ(last, (N + 3) / 4 * 4);
  return expect_failures;
}
