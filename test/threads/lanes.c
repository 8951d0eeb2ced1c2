// heddle_lanes runs a function on all free lanes of an explicit thread, whose
// ballot, shuffle and sum agree, also while other threads wait on lanes of the
// same warp (<heddle.h>).
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <heddle.h>

enum { THREADS = 40 };

struct wide {
  heddle_latch *gate;
  int count, seen[32], wrong;
  uint64_t sum;
};

static void on_lane(void *p) {
  struct wide *w = p;
  int me = heddle_lane(), n = heddle_lane_count();
  w->seen[me]++;
  uint32_t all = n == 32 ? ~0u : (1u << n) - 1;
  int wrong = heddle_ballot(1) != all;
  wrong += heddle_ballot(me % 2) != (all & 0xaaaaaaaau);
  uint64_t big = (uint64_t)(me + 1) << 33 | (uint64_t)me;
  int next = (me + 1) % n;
  wrong += heddle_shuffle(big, next) !=
           ((uint64_t)(next + 1) << 33 | (uint64_t)next);
  uint64_t sum = heddle_reduce_add((uint64_t)me + 1);
  wrong += sum != (uint64_t)(n * (n + 1) / 2);
#pragma omp atomic
  w->wrong += wrong;
  if (me == 0) {
    w->count = n;
    w->sum = sum;
  }
}

static int thread(void *p) {
  struct wide *w = p;
  if (w->gate) {
    heddle_latch_wait(w->gate);
    return 0;
  }
  heddle_lanes(on_lane, w);
  return heddle_lane() + heddle_lane_count() * 10;
}

int main(void) {
  int wrong = 0, once = 0, lanes = 0, outside = 0, narrower = 0;
#pragma omp target map(tofrom : wrong, once, lanes, outside, narrower)
  {
    struct wide w[THREADS];
    thrd_t id[THREADS], blocked[THREADS];
    heddle_latch gate;
    heddle_latch_init(&gate, 1);
    struct wide wait = {.gate = &gate};
    heddle_options near = {.place = HEDDLE_NEAR};
    for (int i = 0; i < THREADS; i++) {
      w[i] = (struct wide){.gate = NULL};
      heddle_spawn(&blocked[i], thread, &wait, &near);
      heddle_spawn(&id[i], thread, &w[i], &near);
    }
    for (int i = 0; i < THREADS; i++) {
      int result;
      thrd_join(id[i], &result);
      outside += result == 10;
      wrong += w[i].wrong;
      for (int l = 0; l < w[i].count; l++)
        once += w[i].seen[l] == 1;
      lanes += w[i].count;
      narrower += w[i].count < 31;
    }
    heddle_latch_count_down(&gate, 1);
    for (int i = 0; i < THREADS; i++)
      thrd_join(blocked[i], NULL);
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(once, lanes);
  EXPECT_EQ(outside, THREADS);
  EXPECT(narrower > 0 && narrower <= THREADS);
  return expect_failures;
}
