// Mapped sections, structures, enter and exit data and device pointers reach
// all threads of a team (OpenMP 5.2, 5.8.3, 13.5 to 13.7 and 18.8).
//
// OpenMP 5.2: 5.8.3 map of structures and sections; 13.6 target enter data
// OpenMP 5.2: 13.7 target exit data; 5.4.7 is_device_ptr
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdlib.h>

enum { N = 500 };

struct list {
  int *data, length;
};

int main(void) {
  int *a = malloc(N * sizeof *a), *b = malloc(N * sizeof *b);
  for (int i = 0; i < N; i++)
    a[i] = i, b[i] = -1;
#pragma omp target enter data map(to : a[0 : N])
  for (int i = 0; i < N; i++)
    a[i] = 0; // the device has its own
#pragma omp target parallel for map(tofrom : b[100 : 300])
  for (int i = 100; i < 400; i++)
    b[i] = a[i] * 2;
#pragma omp target exit data map(from : a[0 : N])
  int good = 0;
  for (int i = 0; i < N; i++)
    good += b[i] == (i >= 100 && i < 400 ? 2 * i : -1);
  EXPECT_EQ(good, N);
  EXPECT_EQ(a[N - 1], omp_get_num_devices() ? N - 1 : 0);

  struct list list = {b, N};
#pragma omp target map(tofrom : list.data[0 : N]) map(to : list.length)
#pragma omp parallel for
  for (int i = 0; i < list.length; i++)
    list.data[i] = 3 * i;
  EXPECT_EQ(b[N - 1], 3 * (N - 1));

  int *device = omp_target_alloc(N * sizeof *device, omp_get_default_device());
  EXPECT(device);
  long sum = 0;
#pragma omp target is_device_ptr(device) map(tofrom : sum)
  {
#pragma omp parallel for
    for (int i = 0; i < N; i++)
      device[i] = i;
    for (int i = 0; i < N; i++)
      sum += device[i];
  }
  omp_target_free(device, omp_get_default_device());
  EXPECT_EQ(sum, (long)N * (N - 1) / 2);
  free(a);
  free(b);
  return expect_failures;
}
