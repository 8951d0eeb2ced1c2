// When there is no memory for another thread, thrd_create says thrd_nomem and
// nothing is lost: those created before run, and then there is room again.
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_HEAP_SIZE=8M %few-seeds %exe

#include "../expect.h"
#include <heddle.h>
#include <stdlib.h>

enum { MOST = 40000 };

static int wait(void *p) {
  heddle_latch_wait((heddle_latch *)p);
  return 3;
}

int main(void) {
  int created[2] = {0}, error[2] = {0}, sum[2] = {0};
#pragma omp target map(tofrom : created, error, sum)
  {
    thrd_t *id = malloc(MOST * sizeof *id);
    for (int round = 0; round < 2; round++) {
      heddle_latch gate;
      heddle_latch_init(&gate, 1);
      int n = 0, e = thrd_success;
      while (n < MOST && e == thrd_success) {
        e = thrd_create(&id[n], wait, &gate);
        n += e == thrd_success;
      }
      heddle_latch_count_down(&gate, 1);
      for (int i = 0; i < n; i++) {
        int result;
        thrd_join(id[i], &result);
        sum[round] += result;
      }
      created[round] = n;
      error[round] = e;
    }
    free(id);
  }
  EXPECT(created[0] > 1000);
  EXPECT(created[0] < MOST);
  EXPECT_EQ(created[1], created[0]);
  for (int round = 0; round < 2; round++) {
    EXPECT_EQ(error[round], thrd_nomem);
    EXPECT_EQ(sum[round], 3 * created[round]);
  }
  return expect_failures;
}
