// The device clause, the default device and the if clause choose where a target
// region runs; the initial device runs it on the host (OpenMP 5.2, 3.4, 13.2,
// 13.8, 18.7).
//
// OpenMP 5.2: 3.4 if; 13.2 device; 18.7.2 omp_set_default_device
// OpenMP 5.2: 18.7.3 omp_get_default_device; 18.7.5 omp_get_device_num
// OpenMP 5.2: 18.7.7 omp_get_initial_device
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env OMP_TARGET_OFFLOAD=default %run %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int devices = omp_get_num_devices(), here = omp_get_initial_device();
  EXPECT(devices >= 1 && here >= devices);
  EXPECT(omp_is_initial_device());
  EXPECT_EQ(omp_get_device_num(), here);
  for (int d = 0; d < devices; d++) {
    int runs_here = -1, number = -1;
#pragma omp target device(d) map(from : runs_here, number)
    {
      runs_here = omp_is_initial_device();
      number = omp_get_device_num();
    }
    EXPECT_EQ(runs_here, 0);
    EXPECT_EQ(number, d);
    omp_set_default_device(d);
    EXPECT_EQ(omp_get_default_device(), d);
    number = -1;
#pragma omp target map(from : number)
    number = omp_get_device_num();
    EXPECT_EQ(number, d);
  }
  int where = -1;
#pragma omp target device(here) map(from : where)
  where = omp_is_initial_device();
  EXPECT_EQ(where, 1);
  omp_set_default_device(here);
  where = -1;
#pragma omp target map(from : where)
  where = omp_is_initial_device();
  EXPECT_EQ(where, 1);
  omp_set_default_device(0);
  for (int on = 0; on < 2; on++) {
    where = -1;
#pragma omp target if (on) map(from : where)
    where = omp_is_initial_device();
    EXPECT_EQ(where, !on);
  }
  // A combined construct can tell its parts' conditions apart.
  int size = 0;
#pragma omp target parallel if (target : 1) if (parallel : 0)                  \
    map(from : where, size)
  {
    where = omp_is_initial_device();
    size = omp_get_num_threads();
  }
  EXPECT_EQ(where, 0);
  EXPECT_EQ(size, 1);
  return expect_failures;
}
