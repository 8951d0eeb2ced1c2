// A parallel region can capture more variables than fit in a few argument slots
// (OpenMP 5.2, 5.4.2).
//
// OpenMP 5.2: 5.4.2 shared
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

// clang-format off
#define EACH(M)                                                                \
  M(0) M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) M(10) M(11) M(12) M(13)    \
  M(14) M(15) M(16) M(17) M(18) M(19) M(20) M(21) M(22) M(23) M(24) M(25)      \
  M(26) M(27) M(28) M(29) M(30) M(31) M(32) M(33) M(34) M(35) M(36) M(37)      \
  M(38) M(39)
// clang-format on
#define DEFINE(n) int v##n = n;
#define ADD(n)    _Pragma("omp atomic") v##n += 1000;
#define COUNT(n)  good += v##n == n + 1000 * size;

int main(void) {
  int good = 0, size = 0;
#pragma omp target map(tofrom : good, size)
  {EACH(DEFINE)
#pragma omp parallel
       {if (omp_get_thread_num() == 0) size = omp_get_num_threads();
  EACH(ADD)
}
EACH(COUNT)
}
EXPECT_EQ(good, 40);
return expect_failures;
}
