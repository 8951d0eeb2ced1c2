// Each map type moves what it says and nothing else: to, from, tofrom, alloc,
// release and delete, and the modifiers always, close and present; a nested map
// counts references (OpenMP 5.2, 5.8.3).
//
// OpenMP 5.2: 5.8.3 map(to, from, tofrom, alloc); 5.8.3 map(release, delete)
// OpenMP 5.2: 5.8.3 map(always); 5.8.3 map(close); 5.8.3 map(present)
//
// Not on the host, where all share one memory.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { N = 8 };

static int present(int *p) {
  return omp_target_is_present(p, omp_get_default_device());
}

int main(void) {
  int to[N], from[N], both[N], scratch[N], sum = 0;
  for (int i = 0; i < N; i++)
    to[i] = from[i] = both[i] = scratch[i] = i;
#pragma omp target map(to : to) map(from : from) map(tofrom : both, sum)       \
    map(alloc : scratch)
  for (int i = 0; i < N; i++) {
    scratch[i] = 10 * to[i];
    from[i] = scratch[i] + 1;
    both[i] += 100;
    to[i] = -1;
    sum += scratch[i];
  }
  for (int i = 0; i < N; i++) {
    EXPECT_EQ(to[i], i);
    EXPECT_EQ(from[i], 10 * i + 1);
    EXPECT_EQ(both[i], i + 100);
    EXPECT_EQ(scratch[i], i);
  }
  EXPECT_EQ(sum, 10 * N * (N - 1) / 2);
  EXPECT(!present(to) && !present(scratch));

  // References: only the last one that goes copies back.
  int data[N] = {1}, seen = 0;
#pragma omp target enter data map(to : data)
#pragma omp target enter data map(to : data)
  EXPECT(present(data));
  data[0] = 2; // the device keeps its 1
#pragma omp target map(tofrom : data, seen)
  {
    seen = data[0];
    data[0] = 3;
  }
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(data[0], 2);
#pragma omp target map(always, tofrom : data) map(from : seen)
  {
    seen = data[0];
    data[0] = 4;
  }
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(data[0], 4);
#pragma omp target map(present, to : data) map(close, from : seen)
  seen = data[0] + 1;
  EXPECT_EQ(seen, 5);
#pragma omp target exit data map(release : data)
  EXPECT(present(data));
  data[0] = 0;
#pragma omp target exit data map(from : data)
  EXPECT_EQ(data[0], 4);
  EXPECT(!present(data));
#pragma omp target enter data map(alloc : data)
#pragma omp target enter data map(alloc : data)
#pragma omp target exit data map(delete : data)
  EXPECT(!present(data));
  return expect_failures;
}
