// Prints the order in which the threads of a team take their tickets.
#include <omp.h>
#include <stdio.h>

enum { TICKETS = 64 };

int main(void) {
  int order[TICKETS] = {0};
#pragma omp target map(tofrom : order)
  {
    int next = 0;
#pragma omp parallel shared(next)
    for (int mine = 0; mine < TICKETS;) {
#pragma omp atomic capture
      mine = next++;
      if (mine < TICKETS)
        order[mine] = omp_get_thread_num();
    }
  }
  for (int i = 0; i < TICKETS; i++)
    printf("%d\n", order[i]);
  return 0;
}
