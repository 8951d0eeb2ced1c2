// Detached tasks of initial threads and in regions of a league (OpenMP 5.2,
// 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TEAMS = 2 };

int main(void) {
  int waited[TEAMS] = {0}, met[TEAMS] = {0}, threads[TEAMS] = {0};
#pragma omp target teams distribute num_teams(TEAMS)                           \
    map(tofrom : waited, met, threads)
  for (int t = 0; t < TEAMS; t++) {
    omp_event_handle_t event;
    int value = 0;
#pragma omp task detach(event) shared(value)
    {
#pragma omp atomic
      value += 1;
    }
#pragma omp task shared(value)
    {
#pragma omp atomic
      value += 10;
      omp_fulfill_event(event);
    }
#pragma omp taskwait
    waited[t] = value;
    value = 0;
#pragma omp parallel num_threads(34)
    {
      static omp_event_handle_t unused;
      (void)unused;
      if (omp_get_thread_num() == 33) {
        omp_event_handle_t own;
#pragma omp task detach(own)
        {
        }
#pragma omp atomic
        value++;
        omp_fulfill_event(own);
      }
#pragma omp barrier
#pragma omp atomic
      met[t] += value;
#pragma omp atomic
      threads[t]++;
    }
  }
  for (int t = 0; t < TEAMS; t++) {
    EXPECT_EQ(waited[t], 11);
    EXPECT_EQ(met[t], threads[t]);
  }
  return expect_failures;
}
