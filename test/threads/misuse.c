// Misuse that can be seen is reported by the name of the call and of the thread,
// and the call returns what C17 says.
//
// On the emulator, where the checks are on by default.
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t 2>&1
// RUN: FileCheck %s < %t
// RUN: env HEDDLE_CHECK=0 %run %exe > %t.off 2>&1
// RUN: count 0 < %t.off

#include "../expect.h"
#include <heddle.h>
#include <stdlib.h>

static int nothing(void *p) { return p != NULL; }

static int join_self(void *p) {
  (void)p;
  return thrd_join(thrd_current(), NULL);
}

static int unlock(void *p) { return mtx_unlock((mtx_t *)p); }

int main(void) {
  int got[12] = {0}, self = 0, foreign = 0;
#pragma omp target map(tofrom : got, self, foreign)
  {
    thrd_t id;
    // CHECK: misused a thread function: thrd_join: no such thread, or it was joined
    thrd_create(&id, nothing, NULL);
    thrd_join(id, NULL);
    got[0] = thrd_join(id, NULL);
    // CHECK: thrd_detach: no such thread
    got[1] = thrd_detach(id);
    // CHECK: thrd_join: a thread joins itself (thread 'narcissus')
    heddle_options options = {.name = "narcissus", .place = HEDDLE_ANYWHERE};
    heddle_spawn(&id, join_self, NULL, &options);
    thrd_join(id, &self);
    // CHECK: thrd_detach: an OpenMP thread is meant (thread 'main')
    heddle_set_name(thrd_current(), "main");
    id = thrd_current();
    got[2] = thrd_detach(id);
    // CHECK: mtx_unlock: the caller does not hold the mutex (thread 'thief')
    mtx_t mutex;
    mtx_init(&mutex, mtx_plain);
    mtx_lock(&mutex);
    options.name = "thief";
    heddle_spawn(&id, unlock, &mutex, &options);
    thrd_join(id, &foreign);
    // CHECK: mtx_destroy: the mutex is held
    mtx_destroy(&mutex);
    mtx_unlock(&mutex);
    // CHECK: mtx_unlock: the caller does not hold the mutex (thread 'main')
    got[3] = mtx_unlock(&mutex);
    // CHECK: cnd_wait: the caller does not hold the mutex (thread 'main')
    cnd_t cond;
    cnd_init(&cond);
    got[4] = cnd_wait(&cond, &mutex);
    // CHECK: tss_delete: there is no such key
    tss_delete(12345);
    got[5] = tss_set(12345, &id);
    got[6] = mtx_init(&mutex, 64);
    options.place = HEDDLE_ON_SM(1 << 20);
    got[7] = heddle_spawn(&id, nothing, NULL, &options);
    // CHECK: end of the target region: a thread has been neither joined nor detached (thread 'orphan')
    options = (heddle_options){.name = "orphan", .place = HEDDLE_NEAR};
    got[8] = heddle_spawn(&id, nothing, NULL, &options);
  }
  for (int i = 0; i < 8; i++)
    EXPECT_EQ(got[i], thrd_error);
  EXPECT_EQ(got[8], thrd_success);
  EXPECT_EQ(self, thrd_error);
  EXPECT_EQ(foreign, thrd_error);
  return expect_failures;
}
