/* Say which device is the default one and whether a region runs there. */
#include <omp.h>
#include <stdio.h>

int main(void) {
  int host = -1;
#pragma omp target map(from : host)
  host = omp_is_initial_device();
  printf("default %d, region on the %s\n", omp_get_default_device(),
         host ? "host" : "device");
  return 0;
}
