// The other unit of orphaned.test: worksharing without a region around it.
#include "orphans.h"
#include <omp.h>

void orphaned_loops(int *count, int n) {
#pragma omp for
  for (int i = 0; i < n; i++)
    count[i]++;
#pragma omp for schedule(dynamic, 2)
  for (int i = 0; i < n; i++)
    count[i]++;
#pragma omp single
  count[0]++;
#pragma omp barrier
  if (omp_get_thread_num() == omp_get_num_threads() - 1)
    count[1]++;
}

int orphaned_number(void) {
  int me = omp_get_thread_num(), *p = &me;
  return omp_get_level() * 10000 + omp_get_team_num() * 1000 + *p;
}

void orphaned_region(int *count) {
#pragma omp parallel
  {
#pragma omp atomic
    count[0]++;
#pragma omp barrier
#pragma omp single
    count[1] = omp_get_num_threads();
  }
}
