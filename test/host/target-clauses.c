// What becomes of variables on a target construct: scalars are firstprivate,
// private ones new, defaultmap changes the rule for each category, and
// allocators for private ones are accepted; thread_limit and num_threads bound
// the team (OpenMP 5.2, 5.4.3, 5.4.4, 5.8.1, 5.8.7, 6.8, 10.1.2 and 13.3).
//
// OpenMP 5.2: 5.4.3 private; 5.4.4 firstprivate; 5.8.1 implicit mapping
// OpenMP 5.2: 5.8.7 defaultmap; 6.6 allocate clause; 6.8 uses_allocators
// OpenMP 5.2: 10.1.2 num_threads; 13.3 thread_limit
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 4 };

struct pair {
  int x, y;
};

int main(void) {
  int offloads = omp_get_num_devices() > 0;
  int scalar = 1, hidden = 2, array[N] = {1, 2, 3, 4}, *pointer = array;
  struct pair pair = {5, 6};
  int seen[6] = {0};
#pragma omp target private(hidden) map(tofrom : seen)
  {
    seen[0] = scalar++; // firstprivate
    hidden = 10;
    array[0] = hidden; // mapped tofrom
    pair.x = 50;
    seen[1] = scalar;
  }
  EXPECT_EQ(seen[0], 1);
  EXPECT_EQ(seen[1], 2);
  EXPECT_EQ(scalar, 1);
  EXPECT_EQ(hidden, 2);
  EXPECT_EQ(array[0], 10);
  EXPECT_EQ(pair.x, 50);
#pragma omp target firstprivate(array, pair) map(tofrom : seen)
  {
    array[0]++;
    pair.x++;
    seen[0] = array[0];
    seen[1] = pair.x;
  }
  EXPECT_EQ(seen[0], 11);
  EXPECT_EQ(seen[1], 51);
  EXPECT_EQ(array[0], 10);
  EXPECT_EQ(pair.x, 50);

#pragma omp target defaultmap(tofrom : scalar)                                 \
    defaultmap(firstprivate : aggregate) map(tofrom : seen)
  {
    scalar = 100;
    array[1] = 200;
    seen[2] = array[1];
  }
  EXPECT_EQ(scalar, 100);
  EXPECT_EQ(array[1], 2);
  EXPECT_EQ(seen[2], 200);
#pragma omp target defaultmap(to : aggregate) defaultmap(none : scalar)        \
    map(tofrom : scalar)
  {
    scalar = array[3];
    array[3] = -1;
  }
  EXPECT_EQ(scalar, 4);
  EXPECT_EQ(array[3], offloads ? 4 : -1);
  array[3] = 4;
#pragma omp target data map(tofrom : array)
#pragma omp target defaultmap(default : pointer)
  pointer[3] = 44; // attached to the mapped array
  EXPECT_EQ(array[3], 44);

  int sizes[3] = {0};
#pragma omp target thread_limit(3) map(tofrom : sizes)
#pragma omp parallel
  if (omp_get_thread_num() == 0) {
    sizes[0] = omp_get_num_threads();
    sizes[1] = omp_get_thread_limit();
  }
  EXPECT(sizes[0] >= 1 && sizes[0] <= 3);
  EXPECT(!offloads || sizes[1] == 3);
  int wanted = 2;
#pragma omp target parallel num_threads(wanted) map(tofrom : sizes)
  if (omp_get_thread_num() == 0)
    sizes[2] = omp_get_num_threads();
  EXPECT(sizes[2] >= 1 && sizes[2] <= 2);

  int local[N] = {1, 1, 1, 1}, sum = 0;
#pragma omp target private(local) uses_allocators(omp_default_mem_alloc)       \
    allocate(omp_default_mem_alloc : local) map(tofrom : sum)
  {
    for (int i = 0; i < N; i++)
      local[i] = i;
    for (int i = 0; i < N; i++)
      sum += local[i];
  }
  EXPECT_EQ(sum, N * (N - 1) / 2);
  EXPECT_EQ(local[2], 1);
  return expect_failures;
}
