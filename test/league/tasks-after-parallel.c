// Tasks of a team's initial thread before a parallel region and, in an undeferred
// task, after it: a taskwait there runs what that task has created, although the
// deque has begun anew in between (OpenMP 5.2, 12.5, 15.5).  In a team of one warp
// nobody else could run it.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { TASKS = 200 };

#pragma omp begin declare target
static void work(int *first, int *members, int *last) {
  for (int i = 0; i < TASKS; i++) {
#pragma omp task
    {
#pragma omp atomic
      (*first)++;
    }
  }
#pragma omp taskwait
#pragma omp parallel
  {
#pragma omp atomic
    (*members)++;
  }
#pragma omp task if (0)
  {
#pragma omp task
    *last += 1;
#pragma omp taskwait
    *last *= 2;
  }
}
#pragma omp end declare target

int main(void) {
  int first = 0, members = 0, last = 0;
#pragma omp target teams num_teams(2) thread_limit(32)                         \
    map(tofrom : first, members, last)
  {
    if (omp_get_team_num() == 0)
      work(&first, &members, &last);
  }
  EXPECT_EQ(first, TASKS);
  EXPECT_EQ(members > 0, 1);
  EXPECT_EQ(last, 2);
  return expect_failures;
}
