// A mutex excludes, whoever has locked it owns it, and a recursive one counts
// (C17 7.26.4).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <threads.h>

enum { THREADS = 24, ROUNDS = 8 };

struct shared {
  mtx_t mutex;
  int inside, overlaps, count;
};

static int worker(void *p) {
  struct shared *s = p;
  for (int i = 0; i < ROUNDS; i++) {
    mtx_lock(&s->mutex);
    s->overlaps += s->inside;
    s->inside = 1;
    thrd_yield(); /* others must not come in even though they run */
    s->count++;
    s->inside = 0;
    mtx_unlock(&s->mutex);
  }
  return 0;
}

static int try_it(void *p) { return mtx_trylock((mtx_t *)p); }

int main(void) {
  int overlaps = 0, count = 0, init = 0, other = 0, again = 0, released = 0;
#pragma omp target map(tofrom : overlaps, count, init, other, again, released)
  {
    struct shared s = {.inside = 0};
    init = mtx_init(&s.mutex, mtx_plain);
    thrd_t id[THREADS];
    for (int i = 0; i < THREADS; i++)
      thrd_create(&id[i], worker, &s);
    for (int i = 0; i < THREADS; i++)
      thrd_join(id[i], NULL);
    overlaps = s.overlaps;
    count = s.count;
    mtx_destroy(&s.mutex);

    mtx_t r;
    init += mtx_init(&r, mtx_plain | mtx_recursive);
    mtx_lock(&r);
    again = mtx_trylock(&r);
    thrd_create(&id[0], try_it, &r);
    thrd_join(id[0], &other);
    mtx_unlock(&r);
    thrd_create(&id[0], try_it, &r);
    int result;
    thrd_join(id[0], &result);
    other = other * 10 + result;
    mtx_unlock(&r);
    thrd_create(&id[0], try_it, &r);
    thrd_join(id[0], &released);
  }
  EXPECT_EQ(overlaps, 0);
  EXPECT_EQ(count, THREADS * ROUNDS);
  EXPECT_EQ(init, thrd_success);
  EXPECT_EQ(again, thrd_success);
  EXPECT_EQ(other, thrd_busy * 11);
  EXPECT_EQ(released, thrd_success);
  return expect_failures;
}
