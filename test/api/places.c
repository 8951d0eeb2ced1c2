// The device has no places: what the affinity routines return says so, and
// requests for places are ignored (OpenMP 5.2, 18.3).
//
// OpenMP 5.2: 18.3 places; 18.3.1 omp_get_proc_bind
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int q[7], ids[2] = {-5, -5}, numbers[2] = {-5, -5};
#pragma omp target map(from : q) map(tofrom : ids, numbers)
  {
    q[0] = omp_get_proc_bind();
    q[1] = omp_get_num_places();
    q[2] = omp_get_place_num_procs(0);
    q[3] = omp_get_place_num();
    q[4] = omp_get_partition_num_places();
    omp_get_place_proc_ids(0, ids);
    omp_get_partition_place_nums(numbers);
  }
  EXPECT_EQ(q[0], omp_proc_bind_false);
  EXPECT_EQ(q[1], 0);
  EXPECT_EQ(q[2], 0);
  EXPECT_EQ(q[3], -1);
  EXPECT_EQ(q[4], 0);
  EXPECT_EQ(ids[0], -5);
  EXPECT_EQ(numbers[0], -5);
  return expect_failures;
}
