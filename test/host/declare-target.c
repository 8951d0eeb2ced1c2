// declare target: enter variables live on the device, link ones when they are
// mapped; device_type and functions without a directive, which become device
// functions by use (OpenMP 5.2, 5.8.4, 5.8.5, 7.8 and 13.1).
//
// OpenMP 5.2: 5.8.4 enter; 5.8.5 link; 7.8 declare target; 13.1 device_type
//
// RUN: %cc -fopenmp-version=52 %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <omp.h>

int entered = 1, listed = 2;
int linked[4] = {1, 2, 3, 4};
#pragma omp declare target enter(entered, listed)
#pragma omp declare target link(linked)

int anywhere(int x) { return x + 1; }
int on_host(int x) { return x + 10; }
int on_device(int x) { return x + 100; }
#pragma omp declare target enter(anywhere) device_type(any)
#pragma omp declare target enter(on_host) device_type(host)
#pragma omp declare target enter(on_device) device_type(nohost)
#pragma omp declare variant(on_device) match(device = {kind(nohost)})
int where(int x) { return on_host(x); }

// By their use in a target region, one through the other.
static int twice(int x) { return 2 * x; }
static int implied(int x) { return twice(x) + 1; }

int main(void) {
  int offloads = omp_get_num_devices() > 0, seen[6] = {0};
#pragma omp target map(from : seen)
  {
    seen[0] = entered++;
    seen[1] = anywhere(0);
    seen[2] = where(0);
    seen[3] = implied(20);
    seen[4] = listed;
  }
  EXPECT_EQ(seen[0], 1);
  EXPECT_EQ(entered, offloads ? 1 : 2);
  EXPECT_EQ(seen[1], 1);
  EXPECT_EQ(seen[2], offloads ? 100 : 10);
  EXPECT_EQ(where(0), 10);
  EXPECT_EQ(seen[3], 41);
  EXPECT_EQ(seen[4], 2);
#pragma omp target update from(entered)
  EXPECT_EQ(entered, 2);

  linked[1] = 20; // copied when mapped, not before
#pragma omp target map(tofrom : linked) map(from : seen)
  {
    seen[5] = linked[1];
    linked[2] = 30;
  }
  EXPECT_EQ(seen[5], 20);
  EXPECT_EQ(linked[2], 30);
  return expect_failures;
}
