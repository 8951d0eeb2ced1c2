// In a random graph over a few locations, with all kinds of dependence mixed,
// every pair of tasks that must be ordered is, and no two of a mutexinoutset
// overlap (OpenMP 5.2, 15.9.5).
//
// OpenMP 5.2: 15.9.5 depend(in); 15.9.5 depend(out, inout)
//
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <stdint.h>

enum { TASKS = 150, PLACES = 6, GRAPHS = 2, KINDS = 4 };
enum kind { IN, INOUT, MUTEX, SET };

static int kind[TASKS], place[TASKS][2], begin[TASKS], end[TASKS];

static uint32_t state;
static int below(int n) {
  state = state * 1664525u + 1013904223u;
  return (int)((state >> 8) % (uint32_t)n);
}

// The first place is used with kind[i], the second always with `in`.
static int kind_at(int i, int p) {
  if (place[i][0] == p)
    return kind[i];
  return place[i][1] == p ? IN : -1;
}

// Whether task j, created after task i, must wait for it because of place p.
static int ordered_at(int i, int j, int p) {
  int first = kind_at(i, p), second = kind_at(j, p);
  if (first < 0 || second < 0)
    return 0;
  if (first != second || first == INOUT)
    return 1;
  // Equal kinds: ordered if something else stands between them.
  for (int k = i + 1; k < j; k++)
    if (kind_at(k, p) >= 0 && kind_at(k, p) != first)
      return 1;
  return 0;
}

#pragma omp begin declare target
static void work(int *clock, int *began, int *ended, int i) {
#pragma omp atomic capture seq_cst
  began[i] = ++*clock;
#pragma omp atomic capture seq_cst
  ended[i] = ++*clock;
}
#pragma omp end declare target

int main(void) {
  for (int graph = 0; graph < GRAPHS; graph++) {
    state = 77u + (uint32_t)graph;
    for (int i = 0; i < TASKS; i++) {
      kind[i] = below(KINDS);
      place[i][0] = below(PLACES);
      place[i][1] = (place[i][0] + 1 + below(PLACES - 1)) % PLACES;
    }
    int clock = 0;
#pragma omp target map(to : kind, place) map(tofrom : begin, end, clock)
    {
      int x[PLACES];
#pragma omp parallel
#pragma omp single
      for (int i = 0; i < TASKS; i++) {
        int p = place[i][0], q = place[i][1];
        switch (kind[i]) {
        case IN:
#pragma omp task depend(in : x[p], x[q]) shared(clock, begin, end)
          work(&clock, begin, end, i);
          break;
        case INOUT:
#pragma omp task depend(inout : x[p]) depend(in : x[q])                        \
    shared(clock, begin, end)
          work(&clock, begin, end, i);
          break;
        case MUTEX:
#pragma omp task depend(mutexinoutset : x[p]) depend(in : x[q])                \
    shared(clock, begin, end)
          work(&clock, begin, end, i);
          break;
        case SET:
#pragma omp task depend(inoutset : x[p]) depend(in : x[q])                     \
    shared(clock, begin, end)
          work(&clock, begin, end, i);
          break;
        }
      }
    }
    EXPECT_EQ(clock, 2 * TASKS);
    int wrong = 0, overlaps = 0;
    for (int j = 0; j < TASKS; j++)
      for (int i = 0; i < j; i++) {
        for (int p = 0; p < PLACES; p++)
          wrong += ordered_at(i, j, p) && end[i] > begin[j];
        overlaps += kind[i] == MUTEX && kind[j] == MUTEX &&
                    place[i][0] == place[j][0] && end[i] > begin[j] &&
                    end[j] > begin[i];
      }
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(overlaps, 0);
  }
  return expect_failures;
}
