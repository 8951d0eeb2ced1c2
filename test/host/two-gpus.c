// device(n) with two GPUs: each has memory, teams and variables of its own, both
// work at once, and data is copied from one to the other (OpenMP 5.2, 13.2, 13.8
// and 18.8.5).
//
// OpenMP 5.2: 13.2 device; 18.8.5 omp_target_memcpy
//
// REQUIRES: two-gpus
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { DEVICES = 2, N = 1000 };

#pragma omp begin declare target
static int own = 1;
#pragma omp end declare target

int main(void) {
  EXPECT(omp_get_num_devices() >= DEVICES);
  int sums[DEVICES] = {0}, numbers[DEVICES], owns[DEVICES],
      sizes[DEVICES] = {0};
  for (int d = 0; d < DEVICES; d++) {
#pragma omp target device(d) nowait map(tofrom : sums[d : 1], sizes[d : 1])    \
    map(from : numbers[d : 1], owns[d : 1])
    {
      numbers[d] = omp_get_device_num();
      own += d + 1;
      owns[d] = own;
      int sum = 0, size = 0;
#pragma omp parallel for reduction(+ : sum) reduction(max : size)
      for (int i = 0; i < N; i++) {
        sum += (d + 1) * i;
        size = omp_get_num_threads();
      }
      sums[d] = sum;
      sizes[d] = size;
    }
  }
#pragma omp taskwait
  for (int d = 0; d < DEVICES; d++) {
    EXPECT_EQ(numbers[d], d);
    EXPECT_EQ(owns[d], d + 2);
    EXPECT_EQ(sums[d], (d + 1) * (N * (N - 1) / 2));
    EXPECT(sizes[d] > 1);
  }

  int *first = omp_target_alloc(sizeof(int), 0), back = 0;
  int *second = omp_target_alloc(sizeof(int), 1);
#pragma omp target device(0) is_device_ptr(first)
  *first = 41;
  EXPECT_EQ(omp_target_memcpy(second, first, sizeof(int), 0, 0, 1, 0), 0);
#pragma omp target device(1) is_device_ptr(second) map(from : back)
  back = *second + 1;
  EXPECT_EQ(back, 42);
  omp_target_free(first, 0);
  omp_target_free(second, 1);

  // Data of one device is not on the other.
  int mapped = 5, seen = 0;
#pragma omp target enter data map(to : mapped) device(1)
  EXPECT(omp_target_is_present(&mapped, 1));
  EXPECT(!omp_target_is_present(&mapped, 0));
#pragma omp target device(1) map(from : seen)
  seen = mapped;
#pragma omp target exit data map(release : mapped) device(1)
  EXPECT_EQ(seen, 5);

  omp_set_default_device(1);
#pragma omp target map(from : seen)
  seen = omp_get_device_num();
  EXPECT_EQ(seen, 1);
  return expect_failures;
}
