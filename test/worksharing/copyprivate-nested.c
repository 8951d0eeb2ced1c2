// In nested teams, of one thread and of lanes, copyprivate gives each member its
// own team's value (OpenMP 5.2, 5.7.2).
//
// OpenMP 5.2: 5.7.2 copyprivate
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int sum = 0, members = 0, threads = 0;
#pragma omp target map(tofrom : sum, members, threads)
#pragma omp parallel
  {
    int mine = omp_get_thread_num();
#pragma omp parallel num_threads(1 + mine % 3)
    {
      int value = -1;
#pragma omp single copyprivate(value)
      value = mine;
#pragma omp atomic
      sum += value == mine;
#pragma omp atomic
      members++;
    }
#pragma omp atomic
    threads++;
  }
  EXPECT(threads > 1);
  EXPECT(members >= threads);
  EXPECT_EQ(sum, members);
  return expect_failures;
}
