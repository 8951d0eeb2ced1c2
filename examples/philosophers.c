// philosophers.c - dining philosophers, each of them a thread, far more than
// there are warps.
//
//   clang-22 --config=build/heddle.cfg -O2 examples/philosophers.c -o philosophers
//   ./philosophers [philosophers [meals]]
//
// A fork is a mutex.  Everybody takes the fork with the lower number first, so
// no ring of waiting philosophers can close.

#include <stdio.h>
#include <stdlib.h>
#include <threads.h>

struct philosopher {
  mtx_t *first, *second;
  int *neighbour_eats[2];
  int eats, meals, quarrels;
};

static int dine(void *p) {
  struct philosopher *me = p;
  for (int i = me->meals; i > 0; i--) {
    mtx_lock(me->first);
    mtx_lock(me->second);
    me->eats = 1;
    me->quarrels += *me->neighbour_eats[0] + *me->neighbour_eats[1];
    thrd_yield(); /* take one's time */
    me->eats = 0;
    mtx_unlock(me->second);
    mtx_unlock(me->first);
    me->meals--;
  }
  return 0;
}

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 10000;
  int meals = argc > 2 ? atoi(argv[2]) : 3;
  if (n < 2 || meals < 0) {
    fprintf(stderr, "usage: %s [philosophers, at least 2 [meals]]\n", argv[0]);
    return 2;
  }
  long hungry = 0, quarrels = 0;
  int created = 0;

#pragma omp target map(tofrom : hungry, quarrels, created)
  {
    struct philosopher *seat = calloc((size_t)n, sizeof *seat);
    mtx_t *fork = calloc((size_t)n, sizeof *fork);
    thrd_t *id = calloc((size_t)n, sizeof *id);
    for (int i = 0; i < n; i++) {
      int right = (i + 1) % n, left = (i + n - 1) % n;
      mtx_init(&fork[i], mtx_plain);
      seat[i].first = &fork[i < right ? i : right];
      seat[i].second = &fork[i < right ? right : i];
      seat[i].neighbour_eats[0] = &seat[left].eats;
      seat[i].neighbour_eats[1] = &seat[right].eats;
      seat[i].meals = meals;
    }
    while (created < n &&
           thrd_create(&id[created], dine, &seat[created]) == thrd_success)
      created++;
    for (int i = 0; i < created; i++) {
      thrd_join(id[i], NULL);
      hungry += seat[i].meals;
      quarrels += seat[i].quarrels;
    }
    free(id);
    free(fork);
    free(seat);
  }

  printf("%d philosophers ate %d times each; %ld meals are missing, %ld were "
         "disturbed\n",
         created, meals, hungry, quarrels);
  return created == n && hungry == 0 && quarrels == 0 ? 0 : 1;
}
