// Every thread of a region waits in an OpenMP construct (taskwait of a task that
// waits, critical, a lock) for what an explicit thread does: it is started on a
// free lane of a warp that waits (design 6.2).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

struct shared {
  heddle_latch latch;
  omp_lock_t lock;
  int done;
};

static int release(void *p) {
  heddle_latch_count_down(&((struct shared *)p)->latch, 1);
  return 0;
}

static int unlock_later(void *p) {
  struct shared *s = p;
  thrd_yield();
#pragma omp atomic write
  s->done = 1;
  return 0;
}

int main(void) {
  int size = 0, passed = 0, entered = 0;
#pragma omp target map(tofrom : size, passed, entered)
  {
    struct shared s;
    omp_init_lock(&s.lock);
    s.done = 0;
#pragma omp parallel shared(s)
    {
#pragma omp single
      {
        size = omp_get_num_threads();
        heddle_latch_init(&s.latch, (unsigned)size);
      }
      /* As many tasks as threads, each of which blocks. */
#pragma omp task shared(s)
      {
        thrd_t id;
        thrd_create(&id, release, &s);
        heddle_latch_wait(&s.latch);
        thrd_join(id, NULL);
#pragma omp atomic
        passed++;
      }
#pragma omp taskwait
      /* One holds the lock until a thread has run, all others want it. */
      omp_set_lock(&s.lock);
      if (entered == 0) {
        thrd_t id;
        thrd_create(&id, unlock_later, &s);
        int done = 0;
        while (!done) {
          thrd_yield();
#pragma omp atomic read
          done = s.done;
        }
        thrd_join(id, NULL);
      }
      entered++;
      omp_unset_lock(&s.lock);
    }
  }
  EXPECT_EQ(passed, size);
  EXPECT_EQ(entered, size);
  return expect_failures;
}
