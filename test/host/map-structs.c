// Members of structures, pointers in structures with what they point to, array
// sections in the middle and of length zero, and several pointers into one array
// are mapped as they are named (OpenMP 5.2, 5.8.3 and 5.8.6).
//
// OpenMP 5.2: 3.2.5 array sections; 5.8.3 map of structures and sections
// OpenMP 5.2: 5.8.6 pointer attachment
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>
#include <stdlib.h>

enum { N = 6 };

struct inner {
  int length;
  int *data;
};
struct outer {
  long before;
  struct inner in;
  struct inner *next;
  int table[4];
};

int main(void) {
  int offloads = omp_get_num_devices() > 0;
  int first[N] = {1, 2, 3, 4, 5, 6}, second[N] = {10, 20, 30, 40, 50, 60};
  struct inner tail = {N, second};
  struct outer s = {7, {N, first}, &tail, {1, 2, 3, 4}};
  int sum = 0;
#pragma omp target map(tofrom : s.in.data[1 : 4], sum)                         \
    map(to : s.in.length, s.next, s.next[0 : 1], s.next -> data[0 : N])        \
    map(tofrom : s.table[2 : 2])
  {
    for (int i = 1; i < 5; i++)
      s.in.data[i] += s.next->data[i];
    for (int i = 0; i < s.next->length; i++)
      sum += s.next->data[i];
    s.table[3] = s.in.length;
  }
  EXPECT_EQ(sum, 210);
  EXPECT_EQ(first[0], 1);
  for (int i = 1; i < 5; i++)
    EXPECT_EQ(first[i], 11 * (i + 1));
  EXPECT_EQ(first[5], 6);
  EXPECT_EQ(s.table[0], 1);
  EXPECT_EQ(s.table[3], N);
  EXPECT(s.in.data == first && s.next == &tail && s.before == 7);

  // A pointer to nothing mapped keeps its value, one to something mapped gets
  // the device's address.
  int *loose = malloc(sizeof *loose), *held = first;
  int same = 0, value = 0;
#pragma omp target enter data map(to : first)
  first[2] = -1;
#pragma omp target map(to : loose[ : 0], held[ : 0]) map(from : value)
  value = held[2];
  EXPECT_EQ(value, offloads ? 33 : -1);
#pragma omp target map(from : same)
  same = loose != NULL;
  EXPECT_EQ(same, 1);
#pragma omp target exit data map(release : first)
  free(loose);

  // A pointer mapped before what it points to is attached when that comes.
  struct inner late = {N, malloc(N * sizeof(int))};
  for (int i = 0; i < N; i++)
    late.data[i] = i;
#pragma omp target enter data map(to : late)
#pragma omp target enter data map(to : late.data[0 : N])
#pragma omp target map(tofrom : late)
  for (int i = 0; i < late.length; i++)
    late.data[i] *= late.data[i];
#pragma omp target exit data map(from : late.data[0 : N])
#pragma omp target exit data map(release : late)
  for (int i = 0; i < N; i++)
    EXPECT_EQ(late.data[i], i * i);
  free(late.data);
  return expect_failures;
}
