// Prints how many devices there are and where a target region runs.
#include <omp.h>
#include <stdio.h>

int main(void) {
  int initial = -1;
#pragma omp target map(from : initial)
  initial = omp_is_initial_device();
  printf("devices %d, initial device %d\n", omp_get_num_devices(), initial);
  return 0;
}
