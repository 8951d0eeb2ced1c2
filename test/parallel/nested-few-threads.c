// A region of two threads, for which clang has the kernel launched with no more:
// regions inside it get the lanes that they ask for, and all where they do not
// ask, however few warps there are (OpenMP 5.2, 10.1.1).
//
// OpenMP 5.2: 10.1 nested parallel; 10.1.2 num_threads; 18.2.3 omp_get_max_threads
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int asked[2] = {0}, all[2] = {0}, set[2] = {0}, most[2];
#pragma omp target map(tofrom : asked, all, set, most)
#pragma omp parallel num_threads(2)
  {
    int me = omp_get_thread_num();
#pragma omp parallel num_threads(20)
    {
#pragma omp atomic
      asked[me]++;
    }
    most[me] = omp_get_max_threads();
#pragma omp parallel
    {
#pragma omp atomic
      all[me]++;
    }
    omp_set_num_threads(3);
#pragma omp parallel
    {
#pragma omp atomic
      set[me]++;
    }
  }
  for (int i = 0; i < 2; i++) {
    EXPECT_EQ(asked[i], 20);
    EXPECT_EQ(all[i], 32);
    EXPECT(most[i] >= all[i]);
    EXPECT_EQ(set[i], 3);
  }
  return expect_failures;
}
