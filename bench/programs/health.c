// health.c - the queues of a country's hospitals: a tree of villages, each with
// a hospital that treats its own people and those that hospitals below refer to
// it; a task for each village and step.  After the Columbian Health Care
// simulation of the Olden and BOTS suites (Duran et al., ICPP 2009).
//
//   health [levels [steps [samples]]]

#include "program.h"
#include <string.h>

enum { BRANCHES = 6, PEOPLE = 16, STAFF = 4 }; // of each village
enum { ASSESSMENT = 3, TREATMENT = 10 };       // steps they take
enum { NOBODY = -1 };

#pragma omp begin declare target

struct person {
  int home, next; // next: of the list in which the person is
  int steps_left;
  int hospitals, waited;
};

// Lists of people, by their first.
struct village {
  uint64_t random;
  int healthy, waiting, assessed, treated, referred;
  int staff;
};

struct country {
  struct village *village; // children of v: v * BRANCHES + 1 and following
  struct person *person;
  int villages;
};

static int chance(struct village *v, uint64_t percent) {
  v->random++;
  return program_mix(v->random) % 100 < percent;
}

static void push(struct country c, int *list, int p) {
  c.person[p].next = *list;
  *list = p;
}

static int pop(struct country c, int *list) {
  int p = *list;
  *list = c.person[p].next;
  return p;
}

// One step of a hospital, after those below it.
static void treat(struct country c, struct village *v, int is_root) {
  int list = v->treated;
  v->treated = NOBODY;
  while (list != NOBODY) {
    int p = pop(c, &list);
    if (--c.person[p].steps_left > 0) {
      push(c, &v->treated, p);
    } else {
      v->staff++;
      push(c, &c.village[c.person[p].home].healthy, p);
    }
  }

  list = v->assessed;
  v->assessed = NOBODY;
  while (list != NOBODY) {
    int p = pop(c, &list);
    if (--c.person[p].steps_left > 0) {
      push(c, &v->assessed, p);
    } else if (chance(v, 40)) {
      c.person[p].steps_left = TREATMENT;
      push(c, &v->treated, p);
    } else if (!is_root && chance(v, 50)) {
      v->staff++;
      push(c, &v->referred, p);
    } else {
      v->staff++;
      push(c, &c.village[c.person[p].home].healthy, p);
    }
  }

  list = v->waiting;
  v->waiting = NOBODY;
  while (list != NOBODY) {
    int p = pop(c, &list);
    if (v->staff == 0) {
      c.person[p].waited++;
      push(c, &v->waiting, p);
    } else {
      v->staff--;
      c.person[p].steps_left = ASSESSMENT;
      push(c, &v->assessed, p);
    }
  }

  list = v->healthy;
  v->healthy = NOBODY;
  while (list != NOBODY) {
    int p = pop(c, &list);
    int sick = chance(v, 5);
    c.person[p].hospitals += sick;
    push(c, sick ? &v->waiting : &v->healthy, p);
  }
}

// One step of village `number`, after those below it.
static void step_here(struct country c, int number) {
  struct village *v = &c.village[number];
  int first = number * BRANCHES + 1;
  int children = first < c.villages ? BRANCHES : 0;
  for (int i = 0; i < children; i++)
    while (c.village[first + i].referred != NOBODY) {
      int p = pop(c, &c.village[first + i].referred);
      c.person[p].hospitals++;
      push(c, &v->waiting, p);
    }
  treat(c, v, number == 0);
}

// One step of village `number` and all below it.
static void step(struct country c, int number) {
  int first = number * BRANCHES + 1;
  int children = first < c.villages ? BRANCHES : 0;
#ifdef WIDE
  int below = first * BRANCHES + 1, deeper = below * BRANCHES + 1;
  if (deeper >= c.villages) { // no further than children of children
    LANES_TOGETHER {
      LANES_SHARE
      for (int i = below; i < below + BRANCHES * BRANCHES; i++)
        if (i < c.villages)
          step_here(c, i);
      LANES_SHARE
      for (int i = first; i < first + children; i++)
        step_here(c, i);
    }
    step_here(c, number);
    return;
  }
#endif
  for (int i = 0; i < children; i++) {
#pragma omp task
    step(c, first + i);
  }
#pragma omp taskwait
  step_here(c, number);
}

#pragma omp end declare target

static void populate(struct country c) {
  for (int v = 0; v < c.villages; v++) {
    c.village[v] = (struct village){
        (uint64_t)v << 32, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, STAFF};
    for (int i = 0; i < PEOPLE; i++) {
      int p = v * PEOPLE + i;
      c.person[p] = (struct person){.home = v};
      push(c, &c.village[v].healthy, p);
    }
  }
}

int main(int argc, char **argv) {
  int levels = bench_argument(argc, argv, 1, 3);
  int steps = bench_argument(argc, argv, 2, 20);
  int samples = bench_samples(argc, argv, 3);
  int villages = 1;
  for (int i = 1; i < levels; i++)
    villages = villages * BRANCHES + 1;
  int people = villages * PEOPLE;
  struct village *village = malloc((size_t)villages * sizeof *village);
  struct person *person = malloc((size_t)people * sizeof *person);
  struct person *expected = malloc((size_t)people * sizeof *expected);

  struct country theirs = {village, expected, villages};
  populate(theirs);
  // The host's threads say what is expected.
#pragma omp parallel
#pragma omp single
  for (int i = 0; i < steps; i++)
    step(theirs, 0);

  static struct program_times times;
  program_warm_up();
  for (int s = 0; s < samples; s++) {
    populate((struct country){village, person, villages});
    int threads = 0;
    double start = omp_get_wtime();
#pragma omp target data map(tofrom : village[0 : villages], person[0 : people])
    {
      double begin = omp_get_wtime();
#pragma omp target map(from : threads)
#pragma omp parallel
#pragma omp single
      {
        threads = omp_get_num_threads();
        struct country country = {village, person, villages};
        for (int i = 0; i < steps; i++)
          step(country, 0);
      }
      times.kernel[s] = omp_get_wtime() - begin;
    }
    times.total[s] = omp_get_wtime() - start;
    times.threads = threads;
    if (memcmp(person, expected, (size_t)people * sizeof *person) != 0)
      return program_wrong("other lives than the host's");
  }
  free(village);
  free(person);
  free(expected);
  char name[48];
  snprintf(name, sizeof name, "health(%d levels, %d steps)", levels, steps);
  program_report(name, &times, samples);
  return 0;
}
