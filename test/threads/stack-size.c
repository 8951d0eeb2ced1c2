// A thread whose stack size was set stops with its name and size when its
// shared variables outgrow that; without a size they grow (design 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %run %exe
// RUN: %faults %exe small | FileCheck %s

#include "../expect.h"
#include <heddle.h>

#pragma omp begin declare target
static void touch(int *p) {
  static int *volatile anywhere;
  anywhere = p;
  *anywhere += 1;
}
static int dive(int depth) {
  int frame[64] = {0};
  touch(frame);
  int below = depth == 0 ? 0 : dive(depth - 1);
  touch(frame); /* so that the call above is not the last thing */
  return below + frame[0] - 1;
}
#pragma omp end declare target

static int thread(void *p) {
  (void)p;
  return dive(400);
}

int main(int argc, char **argv) {
  (void)argv;
  int small = argc > 1, result = 0;
#pragma omp target map(to : small) map(tofrom : result)
  {
    heddle_options options = {.name = "diver",
                              .stack_bytes = small ? 65536 : 0,
                              .place = HEDDLE_ANYWHERE};
    thrd_t id;
    heddle_spawn(&id, thread, NULL, &options);
    thrd_join(id, &result);
  }
  // CHECK: overflowed the stack of the explicit thread 'diver' ({{[0-9]+}} bytes more asked than its 65536 hold)
  // CHECK-SAME: larger stack size
  EXPECT_EQ(result, 401);
  return expect_failures;
}
