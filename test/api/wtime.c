// omp_get_wtime does not go back, advances, and its tick is positive
// (OpenMP 5.2, 18.10).
//
// OpenMP 5.2: 18.10.1 omp_get_wtime; 18.10.2 omp_get_wtick
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int backwards = 0, moved = 0;
  double tick = 0;
#pragma omp target map(tofrom : backwards, moved) map(from : tick)
  {
    tick = omp_get_wtick();
    double first = omp_get_wtime(), last = first;
    for (int i = 0; i < 100000 && !moved; i++) {
      double now = omp_get_wtime();
      backwards += now < last;
      moved = now > first;
      last = now;
    }
#pragma omp parallel
    if (omp_get_wtime() < first) {
#pragma omp atomic
      backwards++;
    }
  }
  EXPECT_EQ(backwards, 0);
  EXPECT_EQ(moved, 1);
  EXPECT(tick > 0 && tick < 1);
  return expect_failures;
}
