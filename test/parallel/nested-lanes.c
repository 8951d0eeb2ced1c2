// The lanes of a warp are the threads of a parallel region inside a region or a
// task: their numbers, levels, barriers, locks and loops are their own team's
// (OpenMP 5.2, 10.1 and 10.1.1), and below them there is one thread.
//
// OpenMP 5.2: 10.1 nested parallel
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { OUTER = 3, INNER = 9, LOOP = 200, TASKS = 6 };

int main(void) {
  int wrong = 0, entered = 0, singles = 0, phases = 0;
  int numbers = 0, times[LOOP] = {0};
  double tasks = 0;
#pragma omp target map(tofrom : wrong, entered, singles, phases, numbers,      \
                           times, tasks)
  {
#pragma omp parallel num_threads(OUTER)
    {
      int sum = 0, arrived = 0;
#pragma omp parallel num_threads(INNER) reduction(+ : sum) shared(arrived)
      {
        sum += omp_get_thread_num() + 1;
        if (omp_get_num_threads() != INNER || omp_get_level() != 2 ||
            omp_get_active_level() != 2 || omp_get_team_size(1) != OUTER ||
            omp_get_ancestor_thread_num(2) != omp_get_thread_num()) {
#pragma omp atomic
          wrong++;
        }
#pragma omp atomic
        arrived++;
#pragma omp barrier
        if (arrived == INNER) {
#pragma omp atomic
          phases++;
        }
#pragma omp critical
        entered++;
#pragma omp single
        {
#pragma omp atomic
          singles++;
        }
#pragma omp for schedule(dynamic, 3)
        for (int i = 0; i < LOOP; i++) {
#pragma omp atomic
          times[i]++;
        }
#pragma omp parallel num_threads(4)
        if (omp_get_num_threads() != 1 || omp_get_level() != 3) {
#pragma omp atomic
          wrong++;
        }
      }
#pragma omp atomic
      numbers += sum;
    }

#pragma omp parallel num_threads(2)
#pragma omp single
    for (int i = 0; i < TASKS; i++) {
#pragma omp task shared(tasks)
      {
        double sum = 0;
#pragma omp parallel for reduction(+ : sum)
        for (int k = 0; k < 100; k++)
          sum += k;
#pragma omp atomic
        tasks += sum;
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(entered, OUTER * INNER);
  EXPECT_EQ(singles, OUTER);
  EXPECT_EQ(phases, OUTER * INNER);
  EXPECT_EQ(numbers, OUTER * INNER * (INNER + 1) / 2);
  EXPECT_EQ(tasks, TASKS * 4950);
  for (int i = 0; i < LOOP; i++)
    EXPECT_EQ(times[i], OUTER);
  return expect_failures;
}
