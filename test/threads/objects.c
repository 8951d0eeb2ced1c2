// Read-write locks let readers in together and writers alone, barriers hold
// their rounds apart, semaphores count, scopes join whole trees, names stay,
// parking takes permits (<heddle.h>).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

enum { THREADS = 24, ROUNDS = 6 };

struct shared {
  heddle_rwlock lock;
  heddle_barrier barrier;
  heddle_sem units;
  mtx_t mutex;
  int readers, most_readers, writing, broken, value;
  int round[THREADS], early, last, inside, most_inside;
  int tree;
};
struct job {
  struct shared *s;
  int number;
};

static int reader_writer(void *p) {
  struct job *job = p;
  struct shared *s = job->s;
  for (int i = 0; i < ROUNDS; i++) {
    if (job->number % 4 == 0) {
      heddle_rwlock_write(&s->lock);
      s->broken += s->writing + s->readers;
      s->writing = 1;
      thrd_yield();
      s->value++;
      s->writing = 0;
    } else {
      heddle_rwlock_read(&s->lock);
      mtx_lock(&s->mutex);
      if (++s->readers > s->most_readers)
        s->most_readers = s->readers;
      s->broken += s->writing;
      mtx_unlock(&s->mutex);
      thrd_yield();
      mtx_lock(&s->mutex);
      s->readers--;
      mtx_unlock(&s->mutex);
    }
    heddle_rwlock_unlock(&s->lock);
  }
  return 0;
}

static int meet(void *p) {
  struct job *job = p;
  struct shared *s = job->s;
  int last = 0, early = 0;
  for (int i = 0; i < ROUNDS; i++) {
    s->round[job->number] = i + 1;
    last += heddle_barrier_wait(&s->barrier);
    for (int j = 0; j < THREADS; j++)
      early += s->round[j] < i + 1;
    last += heddle_barrier_wait(&s->barrier);
  }
  mtx_lock(&s->mutex);
  s->last += last;
  s->early += early;
  mtx_unlock(&s->mutex);
  heddle_sem_acquire(&s->units);
  mtx_lock(&s->mutex);
  if (++s->inside > s->most_inside)
    s->most_inside = s->inside;
  mtx_unlock(&s->mutex);
  thrd_yield();
  mtx_lock(&s->mutex);
  s->inside--;
  mtx_unlock(&s->mutex);
  heddle_sem_release(&s->units, 1);
  return 0;
}

static int grow(void *p) {
  struct job *job = p;
  struct job child = {job->s, job->number - 1};
  mtx_lock(&job->s->mutex);
  job->s->tree++;
  mtx_unlock(&job->s->mutex);
  if (job->number > 0) {
    thrd_t id[2];
    for (int i = 0; i < 2; i++)
      heddle_spawn(&id[i], grow, &child, NULL);
    for (int i = 0; i < 2; i++)
      thrd_join(id[i], NULL);
  }
  return 0;
}

static int late(void *p) {
  struct shared *s = p;
  for (int i = 0; i < 5; i++)
    thrd_yield();
  mtx_lock(&s->mutex);
  s->tree++;
  mtx_unlock(&s->mutex);
  return 0;
}

static int parent(void *p) {
  for (int i = 0; i < 3; i++) {
    heddle_options options = {.place = HEDDLE_NEAR, .detached = i == 0};
    heddle_spawn(NULL, late, p, &options);
  }
  return 0;
}

static void scope(void *p) {
  for (int i = 0; i < 4; i++) {
    heddle_options options = {.place = i};
    heddle_spawn(NULL, parent, p, &options);
  }
}

static int park(void *p) {
  heddle_park();
  heddle_park();
#pragma omp atomic
  *(int *)p += 1;
  return 0;
}

int main(void) {
  struct shared out = {.value = 0};
  int tree = 0, scoped = 0, named = 0, parked = 0, tries = 0;
#pragma omp target map(tofrom : out, tree, scoped, named, parked, tries)
  {
    struct shared s = {.value = 0};
    struct job job[THREADS];
    thrd_t id[THREADS];
    heddle_rwlock_init(&s.lock);
    heddle_barrier_init(&s.barrier, THREADS);
    heddle_sem_init(&s.units, 3);
    mtx_init(&s.mutex, mtx_plain);
    for (int i = 0; i < THREADS; i++) {
      job[i] = (struct job){&s, i};
      thrd_create(&id[i], reader_writer, &job[i]);
    }
    for (int i = 0; i < THREADS; i++)
      thrd_join(id[i], NULL);
    for (int i = 0; i < THREADS; i++)
      thrd_create(&id[i], meet, &job[i]);
    for (int i = 0; i < THREADS; i++)
      thrd_join(id[i], NULL);
    job[0].number = 5;
    grow(&job[0]);
    tree = s.tree;
    s.tree = 0;
    heddle_scope(scope, &s);
    scoped = s.tree;

    heddle_options options = {.name = "sleeping beauty",
                              .place = HEDDLE_ANYWHERE};
    heddle_spawn(&id[0], park, &parked, &options);
    char name[32] = "";
    heddle_get_name(id[0], name, sizeof name);
    const char want[] = "sleeping beauty";
    for (unsigned i = 0; i < sizeof want; i++)
      named += name[i] == want[i];
    heddle_unpark(id[0]);
    for (int i = 0; i < 50; i++)
      thrd_yield();
    parked += 10; /* the second one still waits, or has not begun */
    for (int seen = 0; seen % 10 == 0;) { /* it may begin late */
      heddle_unpark(id[0]);
      thrd_yield();
#pragma omp atomic read
      seen = parked;
    }
    thrd_join(id[0], NULL);
    heddle_rwlock_read(&s.lock);
    tries += heddle_rwlock_try_read(&s.lock) == thrd_success;
    tries += heddle_rwlock_try_write(&s.lock) == thrd_busy;
    heddle_rwlock_unlock(&s.lock);
    heddle_rwlock_unlock(&s.lock);
    tries += heddle_rwlock_try_write(&s.lock) == thrd_success;
    tries += heddle_rwlock_try_read(&s.lock) == thrd_busy;
    heddle_rwlock_unlock(&s.lock);
    tries += heddle_barrier_init(&s.barrier, 0) == thrd_error;
    out = s;
  }
  EXPECT_EQ(out.broken, 0);
  EXPECT_EQ(out.value, THREADS / 4 * ROUNDS);
  EXPECT(out.most_readers > 1);
  EXPECT_EQ(out.last, 2 * ROUNDS);
  EXPECT_EQ(out.early, 0);
  EXPECT(out.most_inside <= 3);
  EXPECT_EQ(tree, 63);
  EXPECT_EQ(scoped, 12);
  EXPECT_EQ(named, 16);
  EXPECT_EQ(parked, 11);
  EXPECT_EQ(tries, 5);
  return expect_failures;
}
