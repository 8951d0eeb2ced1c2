// Two target regions with nowait can be in flight at once; each is its own team
// with its own tasks (OpenMP 5.2, 13.8 and 15.6; design 3.4).
//
// OpenMP 5.2: 13.8 target nowait; 15.6 nowait
//
// On the host libomp 22 fails an assertion here.
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { ROUNDS = 5, REGIONS = 4, TASKS = 40 };

int main(void) {
  for (int round = 0; round < ROUNDS; round++) {
    int sums[REGIONS] = {0}, sizes[REGIONS] = {0}, counts[REGIONS] = {0};
    for (int r = 0; r < REGIONS; r++) {
      int *sum = &sums[r], *size = &sizes[r], *count = &counts[r];
#pragma omp target nowait map(tofrom : sum[0 : 1], size[0 : 1], count[0 : 1])
      {
#pragma omp parallel shared(sum, size, count)
        {
#pragma omp atomic
          (*count)++;
#pragma omp single
          {
            *size = omp_get_num_threads();
            for (int i = 0; i < TASKS; i++) {
#pragma omp task firstprivate(i, r)
              {
#pragma omp atomic
                *sum += i * (r + 1);
              }
            }
          }
        }
      }
    }
#pragma omp taskwait
    for (int r = 0; r < REGIONS; r++) {
      EXPECT_EQ(sums[r], (r + 1) * TASKS * (TASKS - 1) / 2);
      EXPECT(counts[r] >= 1);
      EXPECT_EQ(counts[r], sizes[r]);
    }
  }
  return expect_failures;
}
