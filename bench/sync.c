// sync.c - what single, critical, locks, ordered, atomic and a reduction cost,
// after the synchronisation benchmark of EPCC (Bull, EWOMP 1999), and how long
// a lock takes from one thread to another.  Threads 0 and 1 are neighbours: one
// block of a GPU, so one SM; thread 0 and the middle one are not.
//
//   sync [repeats [samples]]

#include "bench.h"
#include "delay.h"
#include <omp.h>

enum { DELAY = 100, EACH = 4 }; // EACH: turns of a thread, where all contend

#pragma omp begin declare target

static omp_lock_t lock;

// What the constructs protect.  Not static: clang 22 for the host keeps a static
// variable in a register across critical and lock calls.
int turn;
long counter;

// Give the lock, or the critical construct, to and fro `repeats` times with the
// thread that calls this with the other `me`.
static void take_turns(int me, int repeats, int use_lock) {
  for (int done = 0; done < repeats;) {
    if (use_lock) {
      omp_set_lock(&lock);
      if (turn == me) {
        turn = 1 - me;
        counter++;
        done++;
      }
      omp_unset_lock(&lock);
    } else {
#pragma omp critical(turns)
      if (turn == me) {
        turn = 1 - me;
        counter++;
        done++;
      }
    }
  }
}

static double now_together(void) {
#pragma omp barrier
  return omp_get_wtime();
}

#pragma omp end declare target

struct measured {
  int threads;
  double single, critical, lock, ordered, reduction, barrier; // us each
  double atomic;                                              // M/s
  double hand_off[2][2]; // us: critical, lock; neighbours, far apart
  long count, expected;  // of what was protected
  double sum, expected_sum;
};

static struct measured measure(int repeats) {
  struct measured all = {0};
#pragma omp target map(from : all)
  {
    omp_init_lock(&lock);
    counter = 0;
    double start = omp_get_wtime();
    for (int j = 0; j < repeats; j++)
      delay(DELAY);
    double alone = (omp_get_wtime() - start) / repeats;
    double seconds[10] = {0}, sum = 0;
    int threads = 0;
#pragma omp parallel
    {
      int me = omp_get_thread_num(), n = omp_get_num_threads();
#pragma omp masked
      threads = n;

      double begin = now_together();
      for (int j = 0; j < repeats; j++) {
#pragma omp single
        delay(DELAY);
      }
#pragma omp masked
      seconds[0] = (omp_get_wtime() - begin) / repeats - alone;

      begin = now_together();
      for (int j = 0; j < EACH; j++) {
#pragma omp critical
        {
          delay(DELAY);
          counter++;
        }
      }
      double end = now_together();
#pragma omp masked
      seconds[1] = (end - begin) / EACH / n - alone;

      begin = now_together();
      if (me == 0) {
        for (int j = 0; j < repeats; j++) {
          omp_set_lock(&lock);
          counter++;
          omp_unset_lock(&lock);
        }
        seconds[2] = (omp_get_wtime() - begin) / repeats;
      }

      begin = now_together();
#pragma omp for ordered schedule(static, 1)
      for (int j = 0; j < EACH * n; j++) {
#pragma omp ordered
        {
          delay(DELAY);
          counter++;
        }
      }
#pragma omp masked
      seconds[3] = (omp_get_wtime() - begin) / EACH / n - alone;

      begin = now_together();
      for (int j = 0; j < repeats; j++) {
#pragma omp atomic
        counter++;
      }
      end = now_together();
#pragma omp masked
      seconds[4] = (end - begin) / repeats / n;

      for (int kind = 0; kind < 4; kind++) { // critical, lock; near, far
        int far = n > 2 ? n / 2 : 1, other = kind % 2 ? far : 1;
        turn = 0;
        begin = now_together();
        if (n > 1 && (me == 0 || me == other))
          take_turns(me != 0, repeats, kind / 2);
        end = now_together();
#pragma omp masked
        seconds[5 + kind] = (end - begin) / repeats / 2;
      }
    }

    // Out of the region above: a reduction's variable is shared in its region.
    double barrier = 0, reduction = 0;
#pragma omp parallel
    {
      double begin = now_together();
      for (int j = 0; j < repeats; j++) {
#pragma omp barrier
      }
#pragma omp masked
      barrier = (omp_get_wtime() - begin) / repeats;

      int n = omp_get_num_threads();
      begin = now_together();
      for (int j = 0; j < repeats; j++) {
#pragma omp for reduction(+ : sum)
        for (int i = 0; i < n; i++)
          sum += i;
      }
#pragma omp masked
      reduction = (omp_get_wtime() - begin) / repeats;
    }

    all = (struct measured){
        .threads = threads,
        .single = seconds[0] * 1e6,
        .critical = seconds[1] * 1e6,
        .lock = seconds[2] * 1e6,
        .ordered = seconds[3] * 1e6,
        .atomic = 1e-6 / seconds[4],
        .hand_off = {{seconds[5] * 1e6, seconds[6] * 1e6},
                     {seconds[7] * 1e6, seconds[8] * 1e6}},
        .barrier = barrier * 1e6,
        .reduction = reduction * 1e6,
        .count = counter,
        .expected = 2L * EACH * threads + repeats + (long)repeats * threads +
                    (threads > 1 ? 8L * repeats : 0),
        .sum = sum,
        .expected_sum = (double)repeats * threads * (threads - 1) / 2,
    };
  }
  return all;
}

int main(int argc, char **argv) {
  int repeats = bench_argument(argc, argv, 1, 20);
  int samples = bench_samples(argc, argv, 2);
  static struct measured all[BENCH_MAX_SAMPLES];
  measure(repeats); // warms up
  for (int i = 0; i < samples; i++) {
    all[i] = measure(repeats);
    if (all[i].count != all[i].expected || all[i].sum != all[i].expected_sum) {
      fprintf(stderr, "sync: counted %ld, expected %ld; sum %g, expected %g\n",
              all[i].count, all[i].expected, all[i].sum, all[i].expected_sum);
      return 1;
    }
  }

  double sample[BENCH_MAX_SAMPLES];
#define REPORT(name, unit, field)                                              \
  do {                                                                         \
    for (int i = 0; i < samples; i++)                                          \
      sample[i] = all[i].field;                                                \
    bench_report(name, unit, all[0].threads, sample, samples);                 \
  } while (0)
  REPORT("single", "us", single);
  REPORT("critical, all contend", "us", critical);
  REPORT("ordered", "us", ordered);
  REPORT("atomic, all on one variable", "M/s", atomic);
  REPORT("lock and unlock, alone", "us", lock);
  if (all[0].threads > 1) {
    REPORT("critical hand-off, neighbours", "us", hand_off[0][0]);
    REPORT("critical hand-off, far apart", "us", hand_off[0][1]);
    REPORT("lock hand-off, neighbours", "us", hand_off[1][0]);
    REPORT("lock hand-off, far apart", "us", hand_off[1][1]);
  }
  REPORT("barrier before for", "us", barrier);
  REPORT("for with reduction", "us", reduction);
  return 0;
}
