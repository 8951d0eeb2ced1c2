// time and clock_gettime on the device agree with the host's clock; clock and
// the monotonic clock advance, nanosleep lets time pass (C17 7.27; POSIX).
//
// C17: 7.27 time.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe

#include "../expect.h"
#include <time.h>
#include <unistd.h>

int main(void) {
  time_t before = time(NULL), now = 0, stored = 0;
  struct timespec wall, early, late;
  clock_t start = 0, end = 0;
  int result = -1, refused = 0, utc = 0;
#pragma omp target map(from : now, stored, wall, early, late, start, end)      \
    map(tofrom : result, refused, utc)
  {
    now = time(&stored);
    clock_gettime(CLOCK_REALTIME, &wall);
    clock_gettime(CLOCK_MONOTONIC, &early);
    start = clock();
    struct timespec wanted = {0, 2000000}, left = {9, 9};
    result = nanosleep(&wanted, &left) + (int)left.tv_sec;
    usleep(1000);
    end = clock();
    clock_gettime(CLOCK_MONOTONIC, &late);
    wanted.tv_nsec = -1;
    refused = nanosleep(&wanted, NULL);
    utc = timespec_get(&late, TIME_UTC);
    clock_gettime(CLOCK_MONOTONIC, &late);
  }
  EXPECT(now >= before - 1 && now <= time(NULL) + 1);
  EXPECT_EQ(stored, now);
  EXPECT(wall.tv_sec >= now && wall.tv_sec <= now + 5);
  EXPECT(wall.tv_nsec >= 0 && wall.tv_nsec < 1000000000);
  EXPECT_EQ(result, 0);
  EXPECT_EQ(refused, -1);
  EXPECT_EQ(utc, TIME_UTC);
  EXPECT(end - start >= 3000);
  long long passed = (late.tv_sec - early.tv_sec) * 1000000000LL +
                     (late.tv_nsec - early.tv_nsec);
  EXPECT(passed >= 3000000);
  return expect_failures;
}
