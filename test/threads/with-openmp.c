// Explicit and OpenMP threads together: threads open parallel regions on the
// lanes of their warp, if they have it for themselves, create tasks and wait for them; members of a region create, join
// and lock; a region begins and ends while threads live.
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <omp.h>

enum { MAX_THREADS = 16384, N = 12 };

struct shared {
  mtx_t mutex;
  int count;
};

struct wide {
  int lanes, sum, tasks, num, level;
};

static int wide(void *p) {
  struct wide *w = p;
  w->num = omp_get_thread_num() * 100 + omp_get_num_threads();
  w->level = omp_get_level();
  int sum = 0, lanes = 0, tasks = 0;
#pragma omp parallel reduction(+ : sum)
  {
    sum += omp_get_thread_num() + 1;
#pragma omp single
    lanes = omp_get_num_threads();
  }
  for (int i = 0; i < 5; i++) {
#pragma omp task shared(tasks)
    {
#pragma omp atomic
      tasks++;
    }
  }
#pragma omp taskwait
  w->lanes = lanes;
  w->sum = sum;
  w->tasks = tasks;
  return 0;
}

static int add(void *p) {
  struct shared *s = p;
  mtx_lock(&s->mutex);
  s->count++;
  mtx_unlock(&s->mutex);
  return omp_get_num_threads();
}

static int stay(void *p) {
  heddle_latch_wait((heddle_latch *)p);
  return 7;
}

int main(void) {
  int right = 0, tasks = 0, nums = 0, levels = 0, count = 0, size = 0;
  int results = 0, wide_enough = 0, stayed = 0, locked = 0;
  static int member[MAX_THREADS];
#pragma omp target map(tofrom : right, tasks, nums, levels, count, size,       \
                           results, wide_enough, stayed, locked, member)
  {
    struct wide w[N];
    thrd_t id[N];
    for (int i = 0; i < N; i++)
      thrd_create(&id[i], wide, &w[i]);
    for (int i = 0; i < N; i++) {
      thrd_join(id[i], NULL);
      right += w[i].sum == w[i].lanes * (w[i].lanes + 1) / 2;
      wide_enough += w[i].lanes > 1;
      tasks += w[i].tasks;
      nums += w[i].num == 1;
      levels += w[i].level == 0;
    }

    heddle_latch latch;
    heddle_latch_init(&latch, 1);
    for (int i = 0; i < N; i++)
      thrd_create(&id[i], stay, &latch);
    struct shared s = {.count = 0};
    mtx_init(&s.mutex, mtx_plain);
#pragma omp parallel shared(s)
    {
      thrd_t mine[2];
      int result[2] = {0, 0};
      for (int i = 0; i < 2; i++)
        thrd_create(&mine[i], add, &s);
      mtx_lock(&s.mutex);
      locked++;
      mtx_unlock(&s.mutex);
      for (int i = 0; i < 2; i++)
        thrd_join(mine[i], &result[i]);
      member[omp_get_thread_num()] = result[0] + result[1];
#pragma omp single
      size = omp_get_num_threads();
    }
    for (int i = 0; i < size; i++)
      results += member[i];
    count = s.count;
    heddle_latch_count_down(&latch, 1);
    for (int i = 0; i < N; i++) {
      int result;
      thrd_join(id[i], &result);
      stayed += result;
    }
  }
  EXPECT_EQ(right, N);
  EXPECT(wide_enough > 0 || !omp_get_num_devices());
  EXPECT_EQ(tasks, 5 * N);
  EXPECT_EQ(nums, N);
  EXPECT_EQ(levels, N);
  EXPECT_EQ(count, 2 * size);
  EXPECT_EQ(locked, size);
  EXPECT_EQ(results, 2 * size);
  EXPECT_EQ(stayed, 7 * N);
  return expect_failures;
}
