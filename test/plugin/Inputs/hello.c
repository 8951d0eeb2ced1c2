// The smallest program with a team: prints its size and checks a task.
#include <omp.h>
#include <stdio.h>

int main(void) {
  int threads = 0, maximum = 0, value = 0;
#pragma omp target map(from : threads, maximum) map(tofrom : value)
  {
    maximum = omp_get_max_threads();
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
#pragma omp task shared(value)
      value = 42;
    }
  }
  printf("threads %d maximum %d value %d\n", threads, maximum, value);
  return value == 42 ? 0 : 1;
}
