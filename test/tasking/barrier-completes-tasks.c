// All tasks of the team are complete when its threads leave a barrier (OpenMP
// 5.2, 15.3.1).
//
// OpenMP 5.2: 15.3.1 barrier
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 5, EACH = 3 };

int main(void) {
  int early = 0, threads = 0;
#pragma omp target map(tofrom : early, threads)
  {
    int done[ROUNDS] = {0};
#pragma omp parallel shared(done, early, threads)
    {
      int n = omp_get_num_threads();
      if (omp_get_thread_num() == 0)
        threads = n;
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < EACH; i++) {
#pragma omp task shared(done) firstprivate(round)
          {
#pragma omp task shared(done) firstprivate(round)
            {
#pragma omp atomic
              done[round]++;
            }
          }
        }
#pragma omp barrier
        int seen;
#pragma omp atomic read
        seen = done[round];
        if (seen != n * EACH) {
#pragma omp atomic
          early++;
        }
      }
    }
  }
  EXPECT(threads >= 1);
  EXPECT_EQ(early, 0);
  return expect_failures;
}
