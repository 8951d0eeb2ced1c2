// A task that depends on a detached one may run as soon as the event is
// fulfilled, while the fulfilling task goes on (OpenMP 5.2, 12.5.2).
//
// OpenMP 5.2: 12.5.2 detach
//
// The fulfilling task waits for the other, if there is a second thread to run
// that.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 8 };

int main(void) {
  int wrong = 0, done = 0;
#pragma omp target map(tofrom : wrong, done)
  {
    int x = 0, run[ROUNDS] = {0}, open[ROUNDS] = {0};
#pragma omp parallel
#pragma omp single
    {
      int threads = omp_get_num_threads();
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
#pragma omp task shared(run, open) firstprivate(event)
        {
          open[i] = 1;
          omp_fulfill_event(event);
          int seen = threads < 2;
          while (!seen) {
#pragma omp taskyield
#pragma omp atomic read
            seen = run[i];
          }
        }
        // One round at a time, lest all threads wait in fulfilling tasks.
#pragma omp taskwait
        if (done != i + 1) {
#pragma omp atomic
          wrong++;
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(done, ROUNDS);
  return expect_failures;
}
