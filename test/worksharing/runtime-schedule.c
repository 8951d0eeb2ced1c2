// schedule(runtime) takes what omp_set_schedule set, and schedule(auto)
// something; omp_get_schedule returns it (OpenMP 5.2, 18.2.11 and 18.2.12).
//
// OpenMP 5.2: 11.5.3 schedule(runtime); 11.5.3 schedule(auto)
// OpenMP 5.2: 18.2.11 omp_set_schedule; 18.2.12 omp_get_schedule
//
// RUN: %cc %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

enum { N = 90, KINDS = 4 };

static int owner[KINDS][N], hits[KINDS + 1][N];

int main(void) {
  omp_sched_t kind[KINDS] = {omp_sched_static, omp_sched_dynamic,
                             omp_sched_guided, omp_sched_auto};
  int size[KINDS], got_kind[KINDS], got_chunk[KINDS];
#pragma omp target map(tofrom : owner, hits) map(to : kind)                    \
    map(from : size, got_kind, got_chunk)
  for (int k = 0; k < KINDS; k++) {
    omp_sched_t now;
    int chunk;
    omp_set_schedule(kind[k], 4);
    omp_get_schedule(&now, &chunk);
    got_kind[k] = (int)now;
    got_chunk[k] = chunk;
#pragma omp parallel shared(owner, hits, size)
    {
      if (omp_get_thread_num() == 0)
        size[k] = omp_get_num_threads();
#pragma omp for schedule(runtime)
      for (int i = 0; i < N; i++) {
        owner[k][i] = omp_get_thread_num();
        hits[k][i]++;
      }
      if (k == 0) {
#pragma omp for schedule(auto)
        for (int i = 0; i < N; i++)
          hits[KINDS][i]++;
      }
    }
  }
  for (int i = 0; i < N; i++) {
    for (int k = 0; k <= KINDS; k++)
      EXPECT_EQ(hits[k][i], 1);
    EXPECT_EQ(owner[0][i], i / 4 % size[0]);
  }
  for (int k = 0; k < KINDS; k++) {
    EXPECT_EQ(got_kind[k], kind[k]);
    if (kind[k] != omp_sched_auto)
      EXPECT_EQ(got_chunk[k], 4);
  }
  return expect_failures;
}
