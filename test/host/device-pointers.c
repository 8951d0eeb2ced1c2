// use_device_ptr, use_device_addr, is_device_ptr and has_device_addr hand device
// addresses to the host and back (OpenMP 5.2, 5.4.7 to 5.4.10).
//
// OpenMP 5.2: 5.4.7 is_device_ptr; 5.4.8 use_device_ptr; 5.4.9 has_device_addr
// OpenMP 5.2: 5.4.10 use_device_addr
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

enum { N = 16 };

int main(void) {
  int a[N], *p = a, device = omp_get_default_device();
  int offloads = omp_get_num_devices() > 0;
  for (int i = 0; i < N; i++)
    a[i] = i;
#pragma omp target data map(tofrom : a)
  {
    void *mapped = omp_get_mapped_ptr(a, device);
#pragma omp target data use_device_ptr(p)
    {
      EXPECT(!offloads || p == mapped);
#pragma omp target is_device_ptr(p)
#pragma omp parallel for
      for (int i = 0; i < N; i++)
        p[i] += 1000;
    }
    EXPECT(p == a);
#pragma omp target data use_device_addr(a)
    {
      EXPECT(!offloads || (void *)a == mapped);
#pragma omp target has_device_addr(a)
#pragma omp parallel for
      for (int i = 0; i < N; i++)
        a[i] *= 2;
    }
    EXPECT(!offloads || a[1] == 1);
  }
  for (int i = 0; i < N; i++)
    EXPECT_EQ(a[i], 2 * (i + 1000));
  return expect_failures;
}
