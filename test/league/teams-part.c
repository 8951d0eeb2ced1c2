// What stands in `teams` outside of the parallel regions is done once by each
// team, whatever it is: stores, results of regions that decide what comes next,
// sums that go on from region to region, calls.  (The compiler pass lets all
// lanes execute it where it can see that they do no harm: OpenMP 5.2, 10.2 knows
// of one initial thread.)
//
// OpenMP 5.2: 10.2 teams; 11.6 distribute; 10.1 parallel
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %seeds %exe

#include "../expect.h"
#include <omp.h>
#include <stdio.h>

enum { CHUNKS = 12, CHUNK = 50, N = CHUNKS * CHUNK };

static int a[N], b[N], visits[CHUNKS], steps[CHUNKS], sums[CHUNKS];

#pragma omp begin declare target
static void add_to(int *p, int n) { *p += n; }
static int smaller(const int *p, const int *q) { return *p < *q ? *p : *q; }
#pragma omp end declare target

// The second region reads what the first wrote, in other threads; so does what
// stands between them, and it counts once.
static void two_regions(void) {
#pragma omp target teams distribute num_teams(4) map(from : a, b)              \
    map(tofrom : visits)
  for (int c = 0; c < CHUNKS; c++) {
    int first = c * CHUNK;
#pragma omp parallel for
    for (int i = first; i < first + CHUNK; i++)
      a[i] = i;
    visits[c] += a[first + CHUNK - 1];
#pragma omp parallel for
    for (int i = first; i < first + CHUNK; i++)
      b[i] = a[2 * first + CHUNK - 1 - i] + visits[c];
  }
}

// A result of a region is the condition of the loop around it.
static void until(void) {
#pragma omp target teams distribute num_teams(4) map(from : steps, sums)
  for (int c = 0; c < CHUNKS; c++) {
    int sum = 0, limit = 100 * (c + 1), count = 0;
    while (sum < limit) {
      int part = 0;
#pragma omp parallel for reduction(+ : part)
      for (int i = 0; i < CHUNK; i++)
        part += i % 3;
      sum += part;
      count++;
    }
    steps[c] = count;
    sums[c] = sum;
  }
}

// One thread of a region writes to a variable of the team; the next region sees
// it, and what stands between adds to it.
static void handed_on(void) {
#pragma omp target teams distribute num_teams(4) map(from : sums)
  for (int c = 0; c < CHUNKS; c++) {
    int chosen = -1, local[3] = {c, 2 * c, 3 * c};
    for (int round = 0; round < 3; round++) {
#pragma omp parallel
      if (omp_get_thread_num() == omp_get_num_threads() - 1)
        chosen = chosen * 2 + local[round];
      chosen++;
    }
    sums[c] = chosen;
  }
}

// What has just been stored decides what comes next.
static void stored(void) {
#pragma omp target teams distribute num_teams(4) map(tofrom : steps, sums)
  for (int c = 0; c < CHUNKS; c++) {
    int sum = 0;
    for (steps[c] = 0; steps[c] < 4; steps[c]++) {
      int part = 0;
#pragma omp parallel for reduction(+ : part)
      for (int i = 0; i < CHUNK; i++)
        part += c;
      sum += part;
    }
    sums[c] = sum;
  }
}

// A region writes to what was read before it.
static void read_first(void) {
#pragma omp target teams distribute num_teams(4) map(tofrom : a, b)
  for (int c = 0; c < CHUNKS; c++) {
    int first = c * CHUNK, value = a[first];
#pragma omp parallel for
    for (int i = first; i < first + CHUNK; i++) {
      a[i] = -1;
      b[i] = value;
    }
  }
}

// Reductions over teams of what regions reduce.
static long both(void) {
  long total = 0;
#pragma omp target teams distribute num_teams(4) reduction(+ : total)
  for (int c = 0; c < CHUNKS; c++) {
    total += c;
#pragma omp parallel for reduction(+ : total)
    for (int i = 0; i < CHUNK; i++)
      total += i;
  }
  return total;
}

// The same where the team's copy is no region's.
static long apart(void) {
  long total = 0;
#pragma omp target teams distribute num_teams(4) reduction(+ : total)
  for (int c = 0; c < CHUNKS; c++) {
    long part = 0;
#pragma omp parallel for reduction(+ : part)
    for (int i = 0; i < CHUNK; i++)
      part += i;
    total += c + part;
  }
  return total;
}

// Pointers to variables of the team, functions, and printing.
static void calls(void) {
#pragma omp target teams distribute num_teams(4) map(from : sums)
  for (int c = 0; c < CHUNKS; c++) {
    int x = c, y = 7, *p = c % 2 ? &x : &y, least = smaller(&x, &y);
    *p += 10;
    add_to(&x, 100);
    int seen = 0;
#pragma omp parallel reduction(+ : seen)
    seen += x;
    sums[c] = seen / x * 0 + x + 1000 * y + 100000 * least;
    if (c == 5)
      printf("once\n");
  }
}

int main(void) {
  two_regions();
  until();
  int wrong = 0;
  for (int c = 0; c < CHUNKS; c++) {
    int last = (c + 1) * CHUNK - 1;
    wrong += visits[c] != last;
    for (int i = c * CHUNK; i <= last; i++)
      wrong += a[i] != i || b[i] != c * CHUNK + last - i + last;
    int count =
        (100 * (c + 1) + 48) / 49; // 17 times 0 + 1 + 2, less the last 2
    wrong += steps[c] != count || sums[c] != 49 * count;
  }
  EXPECT_EQ(wrong, 0);
  handed_on();
  for (int c = 0; c < CHUNKS; c++) {
    int chosen = -1;
    for (int round = 0; round < 3; round++)
      chosen = chosen * 2 + (round + 1) * c + 1;
    wrong += sums[c] != chosen;
  }
  EXPECT_EQ(wrong, 0);
  stored();
  for (int c = 0; c < CHUNKS; c++)
    wrong += steps[c] != 4 || sums[c] != 4 * CHUNK * c;
  EXPECT_EQ(wrong, 0);
  read_first();
  for (int i = 0; i < N; i++)
    wrong += a[i] != -1 || b[i] != i / CHUNK * CHUNK;
  EXPECT_EQ(wrong, 0);
  long total = CHUNKS * (CHUNKS - 1) / 2 + CHUNKS * (CHUNK * (CHUNK - 1) / 2);
  EXPECT_EQ(both(), total);
  EXPECT_EQ(apart(), total);
  calls();
  for (int c = 0; c < CHUNKS; c++) {
    int x = c + 100 + (c % 2 ? 10 : 0), y = 7 + (c % 2 ? 0 : 10);
    wrong += sums[c] != x + 1000 * y + 100000 * (c < 7 ? c : 7);
  }
  EXPECT_EQ(wrong, 0);
  return expect_failures;
}
