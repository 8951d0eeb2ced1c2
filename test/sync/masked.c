// A masked region is run by thread 0, or by the one that filter names, without
// a barrier; master is the same as masked (OpenMP 5.2, 10.5).
//
// OpenMP 5.2: 10.5 masked
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int plain = 0, who = -1, filtered = 0, filter_who = -1, nobody = 0, old = 0;
  int size = 0;
#pragma omp target map(tofrom : plain, who, filtered, filter_who, nobody, old) \
    map(tofrom : size)
  {
#pragma omp parallel num_threads(4)
    {
#pragma omp masked
      {
        plain++;
        who = omp_get_thread_num();
        size = omp_get_num_threads();
      }
#pragma omp masked filter(omp_get_num_threads() - 1)
      {
        filtered++;
        filter_who = omp_get_thread_num();
      }
#pragma omp masked filter(100000)
      nobody++;
#pragma omp master
      old++;
    }
  }
  EXPECT_EQ(plain, 1);
  EXPECT_EQ(who, 0);
  EXPECT_EQ(filtered, 1);
  EXPECT_EQ(filter_who, size - 1);
  EXPECT_EQ(nobody, 0);
  EXPECT_EQ(old, 1);
  return expect_failures;
}
