// Producers and consumers over a buffer with one mutex and two conditions:
// cnd_wait releases the mutex and comes back with it, cnd_signal and
// cnd_broadcast wake (C17 7.26.3).
//
// C17: 7.26 threads.h
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <threads.h>

enum { PRODUCERS = 10, CONSUMERS = 7, EACH = 21, SLOTS = 3, END = -1 };

struct buffer {
  mtx_t mutex;
  cnd_t not_full, not_empty;
  int slot[SLOTS], count, first, broken;
  int sum[CONSUMERS], taken[CONSUMERS];
};
struct job {
  struct buffer *b;
  int number;
};

static void put(struct buffer *b, int value) {
  mtx_lock(&b->mutex);
  while (b->count == SLOTS)
    cnd_wait(&b->not_full, &b->mutex);
  b->broken += b->count < 0 || b->count >= SLOTS;
  b->slot[(b->first + b->count++) % SLOTS] = value;
  cnd_signal(&b->not_empty);
  mtx_unlock(&b->mutex);
}

static int take(struct buffer *b) {
  mtx_lock(&b->mutex);
  while (b->count == 0)
    cnd_wait(&b->not_empty, &b->mutex);
  int value = b->slot[b->first];
  b->first = (b->first + 1) % SLOTS;
  b->count--;
  cnd_broadcast(&b->not_full);
  mtx_unlock(&b->mutex);
  return value;
}

static int produce(void *p) {
  struct job *job = p;
  for (int i = 0; i < EACH; i++)
    put(job->b, job->number * EACH + i);
  return 0;
}

static int consume(void *p) {
  struct job *job = p;
  for (int value; (value = take(job->b)) != END;) {
    job->b->sum[job->number] += value;
    job->b->taken[job->number]++;
  }
  return 0;
}

int main(void) {
  int sum = 0, taken = 0, broken = 0;
#pragma omp target map(tofrom : sum, taken, broken)
  {
    struct buffer b = {.count = 0};
    struct job producer[PRODUCERS], consumer[CONSUMERS];
    thrd_t p[PRODUCERS], c[CONSUMERS];
    mtx_init(&b.mutex, mtx_plain);
    cnd_init(&b.not_full);
    cnd_init(&b.not_empty);
    for (int i = 0; i < CONSUMERS; i++) {
      consumer[i] = (struct job){&b, i};
      thrd_create(&c[i], consume, &consumer[i]);
    }
    for (int i = 0; i < PRODUCERS; i++) {
      producer[i] = (struct job){&b, i};
      thrd_create(&p[i], produce, &producer[i]);
    }
    for (int i = 0; i < PRODUCERS; i++)
      thrd_join(p[i], NULL);
    for (int i = 0; i < CONSUMERS; i++)
      put(&b, END);
    for (int i = 0; i < CONSUMERS; i++) {
      thrd_join(c[i], NULL);
      sum += b.sum[i];
      taken += b.taken[i];
    }
    broken = b.broken;
    cnd_destroy(&b.not_full);
    cnd_destroy(&b.not_empty);
    mtx_destroy(&b.mutex);
  }
  int n = PRODUCERS * EACH;
  EXPECT_EQ(taken, n);
  EXPECT_EQ(sum, n * (n - 1) / 2);
  EXPECT_EQ(broken, 0);
  return expect_failures;
}
