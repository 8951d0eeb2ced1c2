// The watchdog does not bark while one thread computes or sleeps, however long
// all others wait for it (design 10).
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_WATCHDOG=1,stop %run %exe 2>&1 | count 0

#include <omp.h>
#include <time.h>

enum { ROUNDS = 4 };

int main(void) {
  double slept = 0;
#pragma omp target map(tofrom : slept)
#pragma omp parallel num_threads(8) shared(slept)
  for (int i = 0; i < ROUNDS; i++) {
    // Longer than the second of the emulator.
#pragma omp single
    {
      double start = omp_get_wtime();
      struct timespec pause = {.tv_nsec = 3000000};
      nanosleep(&pause, NULL);
      slept += omp_get_wtime() - start;
    }
  }
  return slept >= ROUNDS * 0.003 ? 0 : 1;
}
