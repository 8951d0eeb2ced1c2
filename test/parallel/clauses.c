// default in all its forms and proc_bind on parallel; num_threads of the whole
// team (OpenMP 5.2, 5.4.1, 10.1.2 and 10.1.4).
//
// OpenMP 5.2: 5.4.1 default; 10.1.2 num_threads; 10.1.4 proc_bind
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

int main(void) {
  int wrong = 0, count = 0, first = 5, mine = 1, sizes[4] = {0}, most = 0;
#pragma omp target map(tofrom : wrong, count, first, mine, sizes, most)
  {
    most = omp_get_max_threads();
#pragma omp parallel default(none) shared(count)
    {
#pragma omp atomic
      count++;
    }
#pragma omp parallel default(shared) num_threads(omp_get_max_threads())
    {
#pragma omp atomic
      count--;
      if (omp_get_thread_num() == 0)
        sizes[0] = omp_get_num_threads();
    }
#pragma omp parallel default(firstprivate) shared(wrong)
    {
      first += omp_get_thread_num();
      if (first != 5 + omp_get_thread_num()) {
#pragma omp atomic
        wrong++;
      }
    }
#pragma omp parallel default(private) shared(wrong)
    {
      mine = omp_get_thread_num();
#pragma omp barrier
      if (mine != omp_get_thread_num()) {
#pragma omp atomic
        wrong++;
      }
    }
#pragma omp parallel proc_bind(spread) num_threads(2)
    if (omp_get_thread_num() == 0)
      sizes[1] = omp_get_num_threads();
#pragma omp parallel proc_bind(close) num_threads(2)
    if (omp_get_thread_num() == 0)
      sizes[2] = omp_get_num_threads();
#pragma omp parallel proc_bind(primary) num_threads(2)
    if (omp_get_thread_num() == 0)
      sizes[3] = omp_get_num_threads();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(first, 5);
  EXPECT_EQ(mine, 1);
  EXPECT(sizes[0] > 1 && sizes[0] <= most);
  for (int i = 1; i < 4; i++)
    EXPECT(sizes[i] >= 1 && sizes[i] <= 2);
  return expect_failures;
}
