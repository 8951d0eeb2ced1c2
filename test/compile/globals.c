// declare target variables live on the device from launch to launch, start with
// their initial value, and target update moves them (OpenMP 5.2, 7.8 and 13.9).
//
// OpenMP 5.2: 7.8 declare target; 13.9 target update; 5.9 to and from
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds --batch 1 %exe

#include "../expect.h"

#pragma omp begin declare target
int scalar = 5;
double array[6] = {0.5, 1.5, 2.5};
static int hidden = 7;
struct point {
  int x, y;
} point = {1, 2};
static int count_calls(void) {
  static int calls = 100; // one for the whole device
  return ++calls;
}
#pragma omp end declare target

int main(void) {
  int calls = 0, seen_hidden = 0;
#pragma omp target map(from : calls, seen_hidden)
  {
    scalar += 1;
    array[5] = array[1] * 2;
    point.y = point.x + 10;
    seen_hidden = hidden;
    count_calls();
    calls = count_calls();
  }
  EXPECT_EQ(seen_hidden, 7);
  EXPECT_EQ(calls, 102);
#pragma omp target map(from : calls)
  {
    scalar += 1;
    calls = count_calls();
  }
  EXPECT_EQ(calls, 103);
#pragma omp target update from(scalar, array, point)
  EXPECT_EQ(scalar, 7);
  EXPECT_EQ(array[5], 3);
  EXPECT_EQ(point.y, 11);

  scalar = 50;
#pragma omp target update to(scalar)
  int doubled = 0;
#pragma omp target map(from : doubled)
  doubled = 2 * scalar;
  EXPECT_EQ(doubled, 100);
  return expect_failures;
}
