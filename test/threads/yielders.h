/* yielders.h - threads that yield until they are told to stop. */
#ifndef YIELDERS_H
#define YIELDERS_H

#include <heddle.h>

struct yielders {
  int stop; /* atomic */
  heddle_latch running;
};

/* A thread's function; its argument is a struct yielders. */
static int yielder(void *p) {
  struct yielders *y = p;
  heddle_latch_count_down(&y->running, 1);
  for (int stop = 0; !stop; thrd_yield()) {
#pragma omp atomic read
    stop = y->stop;
  }
  return 1;
}

static void stop_yielders(struct yielders *y) {
#pragma omp atomic write
  y->stop = 1;
}

#endif /* YIELDERS_H */
