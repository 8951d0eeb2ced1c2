// Thread 0 publishes the address of a local variable, thread 1 reads through
// it.
#include <omp.h>

#pragma omp begin declare target
int *published;
#pragma omp end declare target

int main(void) {
  int seen = -1, size = 0;
#pragma omp target map(tofrom : seen, size)
#pragma omp parallel num_threads(2)
  {
    int local = 42 + omp_get_thread_num();
    if (omp_get_thread_num() == 0) {
      published = &local;
      size = omp_get_num_threads();
    }
#pragma omp barrier
    if (omp_get_thread_num() == 1)
      seen = *published;
#pragma omp barrier
  }
  return size < 2 || seen == 42 ? 0 : 2;
}
