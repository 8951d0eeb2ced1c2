// A declared mapper maps a structure with what it points to, by default and by
// name, alone, in arrays and in target update (OpenMP 5.2, 5.8.2 and 5.8.8).
//
// OpenMP 5.2: 5.8.2 mapper; 5.8.8 declare mapper
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { N = 5, LISTS = 3 };

struct list {
  int length;
  int *data;
};
#pragma omp declare mapper(struct list l) map(l, l.data[0 : l.length])
#pragma omp declare mapper(head : struct list l) map(l.length, l.data)         \
    map(l.data[0 : 1])

int main(void) {
  int cells[LISTS][N];
  struct list lists[LISTS], one = {N, cells[1]};
  for (int i = 0; i < LISTS; i++) {
    lists[i] = (struct list){N, cells[i]};
    for (int k = 0; k < N; k++)
      cells[i][k] = 10 * i + k;
  }
#pragma omp target map(tofrom : one)
  for (int k = 0; k < one.length; k++)
    one.data[k] += 100;
  for (int k = 0; k < N; k++)
    EXPECT_EQ(cells[1][k], 110 + k);

#pragma omp target map(tofrom : lists)
#pragma omp parallel for collapse(2)
  for (int i = 0; i < LISTS; i++)
    for (int k = 0; k < N; k++)
      lists[i].data[k] *= 2;
  for (int k = 0; k < N; k++) {
    EXPECT_EQ(cells[0][k], 2 * k);
    EXPECT_EQ(cells[1][k], 220 + 2 * k);
    EXPECT_EQ(cells[2][k], 40 + 2 * k);
  }

#pragma omp target map(mapper(head), tofrom : one)
  one.data[0] = one.length;
  EXPECT_EQ(cells[1][0], N);
  EXPECT_EQ(cells[1][1], 222);

  int seen = 0;
#pragma omp target enter data map(to : one)
  cells[1][4] = 7;
#pragma omp target update to(one)
#pragma omp target map(from : seen)
  {
    seen = one.data[4];
    one.data[4] = 8;
  }
  EXPECT_EQ(seen, 7);
#pragma omp target update from(one)
  EXPECT_EQ(cells[1][4], 8);
#pragma omp target exit data map(delete : one)
  return expect_failures;
}
