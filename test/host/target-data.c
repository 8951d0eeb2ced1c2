// target data, enter data, exit data and update keep data on the device between
// regions and move it when told, with depend and nowait in their order
// (OpenMP 5.2, 5.9, 13.5 to 13.7 and 13.9).
//
// OpenMP 5.2: 3.2.4 array shaping; 5.9 to and from; 13.5 target data
// OpenMP 5.2: 13.6 target enter data; 13.7 target exit data; 13.9 target update
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 12, ROWS = 4, COLUMNS = 5 };

int main(void) {
  int offloads = omp_get_num_devices() > 0;
  int a[N], seen = -1;
  for (int i = 0; i < N; i++)
    a[i] = i;
#pragma omp target data map(to : a)
  {
    a[1] = 100; // the host's only
#pragma omp target map(from : seen)
    seen = a[1]++;
    EXPECT_EQ(seen, offloads ? 1 : 100);
#pragma omp target update from(a[1 : 1])
    EXPECT_EQ(a[1], offloads ? 2 : 101);
    a[2] = a[3] = 50;
#pragma omp target update to(a[2 : 1])
#pragma omp target map(from : seen)
    seen = a[2] + a[3];
    EXPECT_EQ(seen, offloads ? 53 : 100);
    // Without the condition it would overwrite the device's.
    a[4] = -1;
#pragma omp target update to(a[4 : 1]) if (!offloads)
#pragma omp target map(from : seen)
    seen = a[4];
    EXPECT_EQ(seen, offloads ? 4 : -1);
    // Data that is not there is left alone, unless it must be there.
    int absent = 9;
#pragma omp target update from(absent)
    EXPECT_EQ(absent, 9);
#pragma omp target update to(present : a)
  }
#pragma omp target data map(tofrom : a) if (!offloads)
  a[0] = 77;
  EXPECT_EQ(a[0], 77);

  // Rows of a matrix, and every other element.
  int m[ROWS][COLUMNS], *shaped = &m[0][0], sum = 0;
  for (int i = 0; i < ROWS * COLUMNS; i++)
    shaped[i] = 1;
#pragma omp target enter data map(to : m, a)
  for (int i = 0; i < ROWS * COLUMNS; i++)
    shaped[i] = 10;
  for (int i = 0; i < N; i++)
    a[i] = 1000;
#pragma omp target update to(m[1 : 2])
#pragma omp target update to(a[0 : N / 2 : 2])
#pragma omp target map(tofrom : sum)
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLUMNS; j++)
      sum += m[i][j];
  EXPECT_EQ(sum, (offloads ? 10 + 10 + 1 + 1 : 40) * COLUMNS);
  int thousands = 0;
#pragma omp target map(tofrom : thousands)
  for (int i = 0; i < N; i++)
    thousands += (a[i] == 1000) << i;
  EXPECT_EQ(thousands, offloads ? 0x555 : 0xfff);
#pragma omp target update to(([ROWS][COLUMNS])shaped)
  sum = 0;
#pragma omp target map(tofrom : sum)
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLUMNS; j++)
      sum += m[i][j];
  EXPECT_EQ(sum, 10 * ROWS * COLUMNS);
#pragma omp target exit data map(delete : m, a)

  // One chain of dependences through every construct that moves data.
  int chain = 1, copy = 0;
#pragma omp parallel
#pragma omp single
  {
#pragma omp target enter data map(to : chain) depend(inout : chain) nowait
#pragma omp target map(tofrom : chain) depend(inout : chain) nowait
    chain = chain * 3 + 1;
#pragma omp target update from(chain) depend(inout : chain) nowait
#pragma omp task depend(inout : chain) shared(chain, copy)
    {
      copy = chain;
      chain = 100;
    }
#pragma omp target update to(chain) depend(inout : chain) nowait
#pragma omp target map(tofrom : chain) depend(inout : chain) nowait
    chain += 5;
#pragma omp target exit data map(from : chain) depend(inout : chain) nowait
#pragma omp taskwait
  }
  EXPECT_EQ(copy, 4);
  EXPECT_EQ(chain, 105);
  return expect_failures;
}
