// omp_pteam_mem_alloc and omp_cgroup_mem_alloc give a team of a league memory
// of its own: shared memory of its block, and more of the device's when that is
// full.  Freed memory is given again (OpenMP 5.2, 6.2 and 18.13).
//
// OpenMP 5.2: 6.2 omp_cgroup_mem_alloc, omp_pteam_mem_alloc, omp_thread_mem_alloc
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdint.h>

enum { TEAMS = 6, THREADS = 32, EACH = 4, BLOCK = 64, ROUNDS = 3 };
enum { LARGE = 100000 };

int main(void) {
  int wrong = 0, near = 0, far = 0, sum = 0, missing = 0;
#pragma omp target teams num_teams(TEAMS) thread_limit(THREADS)                \
    map(tofrom : wrong, near, far, sum, missing)
  {
    char *first = omp_alloc(BLOCK, omp_pteam_mem_alloc);
    for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
      {
        int *mine[EACH];
        int me = omp_get_thread_num();
        for (int i = 0; i < EACH; i++) {
          mine[i] = omp_alloc(BLOCK, i % 2 ? omp_cgroup_mem_alloc
                                           : omp_pteam_mem_alloc);
          if (!mine[i]) {
#pragma omp atomic
            missing++;
            continue;
          }
          for (int k = 0; k < BLOCK / 4; k++)
            mine[i][k] = me * EACH + i;
        }
#pragma omp barrier
        for (int i = 0; i < EACH; i++) {
          for (int k = 0; mine[i] && k < BLOCK / 4; k++)
            if (mine[i][k] != me * EACH + i) {
#pragma omp atomic
              wrong++;
            }
          intptr_t away = (char *)mine[i] - first;
          if (away > -(1 << 14) && away < 1 << 14) {
#pragma omp atomic
            near++;
          } else {
#pragma omp atomic
            far++;
          }
          omp_free(mine[i], omp_null_allocator);
        }
      }
    }
    // More than shared memory has.
    char *large = omp_alloc(LARGE, omp_pteam_mem_alloc);
    large[0] = large[LARGE - 1] = 1;
#pragma omp atomic
    sum += large[0] + large[LARGE - 1];
    omp_free(large, omp_pteam_mem_alloc);
    omp_free(first, omp_pteam_mem_alloc);
  }
  EXPECT_EQ(missing, 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(sum, 2 * TEAMS);
  // In each round some fit in 8 KiB, but 128 do not.
  EXPECT(near >= TEAMS * ROUNDS * 32);
  EXPECT_EQ(near + far, TEAMS * ROUNDS * THREADS * EACH);
  EXPECT(far > 0);
  return expect_failures;
}
