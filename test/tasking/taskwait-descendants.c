// A thread that waits in a taskwait of a tied task begins none but descendants of
// that task (OpenMP 5.2, 12.9), however many siblings it has created: some of
// those are older than the waiting task, and more children follow than a thread
// keeps to itself, so that both kinds are offered to thieves together.
//
// OpenMP 5.2: 12.9 task scheduling
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>

enum { CHILDREN = 100, MOST = 24, TEAM = 16 };

#pragma omp begin declare target
static int waiting[TEAM]; // 1 + the older task that does
static int strangers, ran;

// The body of a task, or of a child of `family`, begins on this thread.
static void begins(int family) {
  int outer = waiting[omp_get_thread_num()];
  if (outer && outer != family) {
#pragma omp atomic
    strangers++;
  }
#pragma omp atomic
  ran++;
}

static void older(int number) {
  begins(1 + number);
  for (int i = 0; i < CHILDREN; i++) {
#pragma omp task firstprivate(number)
    begins(1 + number);
  }
  int me = omp_get_thread_num();
  waiting[me] = 1 + number;
#pragma omp taskwait
  waiting[me] = 0;
}
#pragma omp end declare target

// `tasks` siblings by one of some threads; the others help if they are not `busy`.
static int run(int tasks, int busy) {
  int over = 0, seen = 0, before = 0;
#pragma omp target map(tofrom : over) map(from : seen, before)
  {
    before = ran;
#pragma omp parallel num_threads(TEAM)
    {
      if (omp_get_thread_num() == 0) {
        for (int i = 0; i < tasks; i++) {
#pragma omp task
          older(i);
        }
#pragma omp taskwait
#pragma omp atomic write
        over = 1;
      } else {
        for (int stop = !busy; !stop;) {
#pragma omp atomic read
          stop = over;
        }
      }
    }
    seen = ran - before;
  }
  return seen;
}

int main(void) {
  for (int tasks = 1; tasks <= MOST; tasks += 1 + tasks / 8)
    for (int busy = 0; busy < 2; busy++)
      EXPECT_EQ(run(tasks, busy), tasks * (CHILDREN + 1));
  int seen = -1;
#pragma omp target map(from : seen)
  seen = strangers;
  EXPECT_EQ(seen, 0);
  return expect_failures;
}
