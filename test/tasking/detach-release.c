// A task that depends on a detached one may run as soon as the event is
// fulfilled, while the fulfilling task goes on (OpenMP 5.2, 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
//
//
//
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 8, PATIENCE = 4000 };

int main(void) {
  int met = 0, wrong = 0, threads = 0, done = 0;
#pragma omp target map(tofrom : met, wrong, done) map(from : threads)
  {
    int x = 0, run[ROUNDS] = {0}, open[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      threads = omp_get_num_threads();
      for (int i = 0; i < ROUNDS; i++) {
        omp_event_handle_t event;
#pragma omp task detach(event) depend(inout : x) shared(x)
        x++;
#pragma omp task depend(inout : x) shared(x, run, open, wrong, done)
        {
          if (x != i + 1 || !open[i]) {
#pragma omp atomic
            wrong++;
          }
#pragma omp atomic
          done++;
#pragma omp atomic write
          run[i] = 1;
        }
#pragma omp task shared(run, open, met) firstprivate(event)
        {
          open[i] = 1;
          omp_fulfill_event(event);
          int seen = 0;
          for (int p = 0; p < PATIENCE && !seen; p++) {
#pragma omp atomic read
            seen = run[i];
          }
#pragma omp atomic
          met += seen;
        }
      }
#pragma omp taskwait
      if (done != ROUNDS) {
#pragma omp atomic
        wrong++;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(done, ROUNDS);
  EXPECT(met > 0 || threads < 2);
  return expect_failures;
}
