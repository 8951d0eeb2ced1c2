// threads.c - what explicit threads cost, next to the raw signalling floor: two
// threads that spin on a word each.  "near": warps of one SM; "far": of two.  On
// the host the same calls are the system's, and near and far the same.
//
//   threads [repeats [samples [storm]]]

#include "bench.h"
#include <heddle.h>
#include <omp.h>
#include <stdlib.h>

enum { MAX_SAMPLES = 100, PLACES = 2, SLOTS = 64 };

/* What one run measures, in seconds for `repeats` times. */
struct times {
  double floor[PLACES], spawn[PLACES], handoff[PLACES], pingpong[PLACES];
  double channel[PLACES], uncontended, yield, storm;
  int threads, yielders;
};

struct pair {
  int word[2][32]; /* on lines of their own */
  int repeats, turn;
  mtx_t mutex;
  cnd_t cond[2];
  heddle_channel channel;
  long slot[SLOTS];
  heddle_latch ready;
};

static int nothing(void *p) {
  (void)p;
  return 0;
}

static void await(int *word, int value) {
  int seen;
  do {
#pragma omp atomic read acquire
    seen = *word;
  } while (seen != value);
}
static void signal(int *word, int value) {
#pragma omp atomic write release
  *word = value;
}

static int floor_other(void *p) {
  struct pair *pair = p;
  heddle_latch_count_down(&pair->ready, 1);
  for (int i = 1; i <= pair->repeats; i++) {
    await(&pair->word[0][0], i);
    signal(&pair->word[1][0], i);
  }
  return 0;
}

static void lock_often(struct pair *pair) {
  for (int i = 0; i < pair->repeats; i++) {
    mtx_lock(&pair->mutex);
    mtx_unlock(&pair->mutex);
  }
}
static int contend(void *p) {
  struct pair *pair = p;
  heddle_latch_count_down(&pair->ready, 1);
  lock_often(pair);
  return 0;
}

static void take_turns(struct pair *pair, int me) {
  mtx_lock(&pair->mutex);
  for (int i = 0; i < pair->repeats; i++) {
    while (pair->turn != me)
      cnd_wait(&pair->cond[me], &pair->mutex);
    pair->turn = 1 - me;
    cnd_signal(&pair->cond[1 - me]);
  }
  mtx_unlock(&pair->mutex);
}
static int second(void *p) {
  struct pair *pair = p;
  heddle_latch_count_down(&pair->ready, 1);
  take_turns(pair, 1);
  return 0;
}

static int drain(void *p) {
  struct pair *pair = p;
  long value;
  heddle_latch_count_down(&pair->ready, 1);
  while (heddle_channel_receive(&pair->channel, &value) == thrd_success)
    ;
  return 0;
}

/* Threads that yield all the time, several on each warp. */
struct yielders {
  int repeats, count, started, go;
  struct span {
    double begin, end;
    int yielders;
  } *warp;
};

static int yielder(void *p) {
  struct yielders *all = p;
  int go;
#pragma omp atomic
  all->started++;
  do { // not by a latch, which would let them go one after the other
    thrd_yield();
#pragma omp atomic read
    go = all->go;
  } while (!go);
  double begin = omp_get_wtime();
  for (int i = 0; i < all->repeats; i++)
    thrd_yield();
  struct span *span = &all->warp[heddle_warp_id()];
  double end = omp_get_wtime();
  int before;
#pragma omp atomic write
  span->end = end;
#pragma omp atomic capture
  before = span->yielders++;
  if (before == 0)
    span->begin = begin;
  return 0;
}

/* Seconds from one thread of a warp to the next, on the warps that have
 * several. */
static double time_yields(int threads, int repeats, thrd_t *id) {
  struct yielders all = {.repeats = repeats, .count = 4 * threads};
  all.warp = calloc((size_t)threads, sizeof *all.warp);
  for (int i = 0; i < all.count; i++)
    thrd_create(&id[i], yielder, &all);
  int started;
  do {
    thrd_yield();
#pragma omp atomic read
    started = all.started;
  } while (started < all.count);
#pragma omp atomic write
  all.go = 1;
  for (int i = 0; i < all.count; i++)
    thrd_join(id[i], NULL);
  double sum = 0;
  int warps = 0;
  for (int i = 0; i < threads; i++) {
    struct span *span = &all.warp[i];
    if (span->yielders < 2)
      continue;
    sum += (span->end - span->begin) / span->yielders;
    warps++;
  }
  free(all.warp);
  return sum / warps;
}

/* `other` at `place`, once it runs. */
static thrd_t start(struct pair *pair, int (*other)(void *), int place) {
  heddle_options options = {.place = place};
  thrd_t id;
  heddle_latch_init(&pair->ready, 1);
  heddle_spawn(&id, other, pair, &options);
  heddle_latch_wait(&pair->ready);
  return id;
}

static void measure_place(struct pair *pair, struct times *t, int far) {
  int n = pair->repeats;
  int place = far ? heddle_available_parallelism() / 4 - 1 : HEDDLE_NEAR;
  heddle_options options = {.place = place};
  thrd_t id;
  double begin = omp_get_wtime();
  for (int i = 0; i < n; i++) {
    heddle_spawn(&id, nothing, NULL, &options);
    thrd_join(id, NULL);
  }
  t->spawn[far] = omp_get_wtime() - begin;

  pair->word[0][0] = pair->word[1][0] = 0;
  id = start(pair, floor_other, place);
  begin = omp_get_wtime();
  for (int i = 1; i <= n; i++) {
    signal(&pair->word[0][0], i);
    await(&pair->word[1][0], i);
  }
  t->floor[far] = omp_get_wtime() - begin;
  thrd_join(id, NULL);

  id = start(pair, contend, place);
  begin = omp_get_wtime();
  lock_often(pair);
  thrd_join(id, NULL);
  t->handoff[far] = omp_get_wtime() - begin;

  pair->turn = 0;
  id = start(pair, second, place);
  begin = omp_get_wtime();
  take_turns(pair, 0);
  thrd_join(id, NULL);
  t->pingpong[far] = omp_get_wtime() - begin;

  heddle_channel_init(&pair->channel, pair->slot, SLOTS, sizeof *pair->slot);
  id = start(pair, drain, place);
  begin = omp_get_wtime();
  for (long i = 0; i < n; i++)
    heddle_channel_send(&pair->channel, &i);
  heddle_channel_close(&pair->channel);
  thrd_join(id, NULL);
  t->channel[far] = omp_get_wtime() - begin;
}

static void measure(struct times *t, int repeats, int storm) {
  struct pair *pair = calloc(1, sizeof *pair);
  pair->repeats = repeats;
  mtx_init(&pair->mutex, mtx_plain);
  cnd_init(&pair->cond[0]);
  cnd_init(&pair->cond[1]);
  t->threads = heddle_available_parallelism();
  for (int far = 0; far < PLACES; far++)
    measure_place(pair, t, far);

  double begin = omp_get_wtime();
  lock_often(pair);
  t->uncontended = omp_get_wtime() - begin;

  t->yielders = 4 * t->threads;
  int many = storm > t->yielders ? storm : t->yielders;
  thrd_t *id = calloc((size_t)many, sizeof *id);
  t->yield = time_yields(t->threads, repeats, id);

  begin = omp_get_wtime();
  int created = 0;
  while (created < storm &&
         thrd_create(&id[created], nothing, NULL) == thrd_success)
    created++;
  for (int i = 0; i < created; i++)
    thrd_join(id[i], NULL);
  t->storm = created == storm ? omp_get_wtime() - begin : 0;
  free(id);
  free(pair);
}

int main(int argc, char **argv) {
  int repeats = argc > 1 ? atoi(argv[1]) : 1000;
  int samples = argc > 2 ? atoi(argv[2]) : 5;
  int storm = argc > 3 ? atoi(argv[3]) : 100000;
  samples = samples < 1 ? 1 : samples > MAX_SAMPLES ? MAX_SAMPLES : samples;

  static double v[13][MAX_SAMPLES];
  struct times t = {.threads = 0};
  for (int i = -1; i < samples; i++) { // the first run warms up
#pragma omp target map(tofrom : t)
    measure(&t, repeats, storm);
    if (i < 0)
      continue;
    double us = 1e6 / repeats;
    for (int far = 0; far < PLACES; far++) {
      v[far][i] = t.floor[far] * us;
      v[2 + far][i] = t.spawn[far] * us;
      v[4 + far][i] = t.handoff[far] * us / 2;
      v[6 + far][i] = t.pingpong[far] * us;
      v[8 + far][i] = 1 / (t.channel[far] * us);
    }
    v[10][i] = t.uncontended * us;
    v[11][i] = t.yield * us;
    v[12][i] = storm / t.storm / 1e6;
  }
  bench_report("signal and answer, near", "us", 2, v[0], samples);
  bench_report("signal and answer, far", "us", 2, v[1], samples);
  bench_report("spawn and join, near", "us", 2, v[2], samples);
  bench_report("spawn and join, far", "us", 2, v[3], samples);
  bench_report("mutex handed over, near", "us", 2, v[4], samples);
  bench_report("mutex handed over, far", "us", 2, v[5], samples);
  bench_report("condition, there and back, near", "us", 2, v[6], samples);
  bench_report("condition, there and back, far", "us", 2, v[7], samples);
  bench_report("channel, near", "M values/s", 2, v[8], samples);
  bench_report("channel, far", "M values/s", 2, v[9], samples);
  bench_report("mutex, uncontended", "us", 1, v[10], samples);
  bench_report("yield to another lane", "us", t.yielders, v[11], samples);
  bench_report("many threads", "M threads/s", storm, v[12], samples);
  return 0;
}
