// Three classic problems: cigarette smokers, the sleeping barber, and a sieve
// of Eratosthenes as a chain of channels.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

/* An agent lays down two of three things; the smoker who has the third one
 * smokes, and only then there is more. */
enum { ROUNDS = 30 };
struct table {
  mtx_t mutex;
  cnd_t laid, taken;
  int missing; /* 0 to 2; -1 empty, 3 closed */
  int smoked[3], wrong;
};
struct smoker {
  struct table *t;
  int has;
};
static int smoke(void *p) {
  struct smoker *me = p;
  struct table *t = me->t;
  mtx_lock(&t->mutex);
  for (;;) {
    while (t->missing != me->has && t->missing != 3)
      cnd_wait(&t->laid, &t->mutex);
    if (t->missing == 3)
      break;
    t->smoked[me->has]++;
    t->missing = -1;
    cnd_signal(&t->taken);
  }
  mtx_unlock(&t->mutex);
  return 0;
}
static int agent(void *p) {
  struct table *t = p;
  mtx_lock(&t->mutex);
  for (int i = 0; i <= ROUNDS; i++) {
    while (t->missing != -1)
      cnd_wait(&t->taken, &t->mutex);
    t->missing = i < ROUNDS ? i * i % 3 : 3;
    cnd_broadcast(&t->laid);
  }
  mtx_unlock(&t->mutex);
  return 0;
}

/* A barber sleeps until a customer comes; who finds no chair leaves. */
enum { CUSTOMERS = 40, CHAIRS = 4 };
struct shop {
  mtx_t mutex;
  heddle_sem customers, done[CUSTOMERS];
  int queue[CHAIRS], waiting, first, cut, left, closed;
};
struct customer {
  struct shop *s;
  int number;
};
static int barber(void *p) {
  struct shop *s = p;
  for (;;) {
    heddle_sem_acquire(&s->customers);
    mtx_lock(&s->mutex);
    if (s->waiting == 0) { /* woken to go home */
      mtx_unlock(&s->mutex);
      return 0;
    }
    int who = s->queue[s->first];
    s->first = (s->first + 1) % CHAIRS;
    s->waiting--;
    s->cut++;
    mtx_unlock(&s->mutex);
    heddle_sem_release(&s->done[who], 1);
  }
}
static int customer(void *p) {
  struct customer *me = p;
  struct shop *s = me->s;
  mtx_lock(&s->mutex);
  int stays = s->waiting < CHAIRS;
  if (stays)
    s->queue[(s->first + s->waiting++) % CHAIRS] = me->number;
  else
    s->left++;
  mtx_unlock(&s->mutex);
  if (stays) {
    heddle_sem_release(&s->customers, 1);
    heddle_sem_acquire(&s->done[me->number]);
  }
  return stays;
}

/* Each prime is a thread that drops its multiples. */
enum { LIMIT = 120, PRIMES = 30 };
struct stage {
  heddle_channel in;
  int slot[2], prime, sent;
  struct stage *next;
};
static int sieve(void *p) {
  struct stage *me = p;
  int value;
  if (heddle_channel_receive(&me->in, &value) != thrd_success)
    return 0;
  me->prime = value;
  thrd_t id;
  int started = 0;
  while (heddle_channel_receive(&me->in, &value) == thrd_success) {
    if (value % me->prime == 0)
      continue;
    if (!started)
      thrd_create(&id, sieve, me->next);
    started = 1;
    heddle_channel_send(&me->next->in, &value);
  }
  if (!started)
    return 1;
  heddle_channel_close(&me->next->in);
  int count;
  thrd_join(id, &count);
  return 1 + count;
}

int main(void) {
  int smoked[3] = {0}, cut = 0, left = 0, stayed = 0, primes = 0, sum = 0;
#pragma omp target map(tofrom : smoked, cut, left, stayed, primes, sum)
  {
    thrd_t id[CUSTOMERS], other;
    struct table t = {.missing = -1};
    mtx_init(&t.mutex, mtx_plain);
    cnd_init(&t.laid);
    cnd_init(&t.taken);
    struct smoker smoker[3];
    for (int i = 0; i < 3; i++) {
      smoker[i] = (struct smoker){&t, i};
      thrd_create(&id[i], smoke, &smoker[i]);
    }
    thrd_create(&other, agent, &t);
    thrd_join(other, NULL);
    for (int i = 0; i < 3; i++) {
      thrd_join(id[i], NULL);
      smoked[i] = t.smoked[i];
    }

    struct shop s = {.waiting = 0};
    mtx_init(&s.mutex, mtx_plain);
    heddle_sem_init(&s.customers, 0);
    struct customer c[CUSTOMERS];
    thrd_create(&other, barber, &s);
    for (int i = 0; i < CUSTOMERS; i++) {
      heddle_sem_init(&s.done[i], 0);
      c[i] = (struct customer){&s, i};
      thrd_create(&id[i], customer, &c[i]);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      int stays;
      thrd_join(id[i], &stays);
      stayed += stays;
    }
    heddle_sem_release(&s.customers, 1);
    thrd_join(other, NULL);
    cut = s.cut;
    left = s.left;

    struct stage stage[PRIMES + 1];
    for (int i = 0; i <= PRIMES; i++) {
      stage[i].prime = 0;
      stage[i].next = &stage[i < PRIMES ? i + 1 : i];
      heddle_channel_init(&stage[i].in, stage[i].slot, 2, sizeof(int));
    }
    thrd_create(&other, sieve, &stage[0]);
    for (int i = 2; i < LIMIT; i++)
      heddle_channel_send(&stage[0].in, &i);
    heddle_channel_close(&stage[0].in);
    thrd_join(other, &primes);
    for (int i = 0; i <= PRIMES; i++)
      sum += stage[i].prime;
  }
  /* i * i % 3 is 0 for every third i, else 1. */
  EXPECT_EQ(smoked[0], ROUNDS / 3);
  EXPECT_EQ(smoked[1], ROUNDS - ROUNDS / 3);
  EXPECT_EQ(smoked[2], 0);
  EXPECT_EQ(cut + left, CUSTOMERS);
  EXPECT_EQ(stayed, cut);
  EXPECT(cut >= CHAIRS);
  EXPECT_EQ(primes, PRIMES);
  EXPECT_EQ(sum, 1593);
  return expect_failures;
}
