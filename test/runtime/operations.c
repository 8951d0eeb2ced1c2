// What constructs cost on a GPU that does not depend on the machine: fences, and
// stores and atomics that go to the L2 cache, which the emulator counts.  Each is
// measured as the difference between many of a construct and few of it.
// Numbers are of all threads together, sixteen in four blocks.  (A task that no
// thief takes has none of them, but on the emulator thieves are always hungry:
// see compile/task-code.c.)
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: rm -f %t.out
// RUN: env HEDDLE_VERBOSE=2 %run %exe depend 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe depend 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe parallel 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe parallel 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe barrier 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe barrier 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe reduction 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe reduction 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe lock 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe lock 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe lanes 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe lanes 110 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe unstolen 10 >> %t.out 2>&1
// RUN: env HEDDLE_VERBOSE=2 %run %exe unstolen 110 >> %t.out 2>&1
// RUN: python3 %S/Inputs/per-operation.py 100 < %t.out > %t.each
// RUN: FileCheck %s < %t.each

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A chain.  The creator has one fence for all edges of a task, and a swap and an
// addition; who ends a task has a fence, an exchange, and an addition for each
// that waits for it.  The rest is the tasks' way to the threads that run them;
// in some schedules each goes to another one.
// CHECK: depend: {{3.[0-5]|5.[0-3]}} fences, {{6.[0-9]|7.[0-3]|11.[7-9]|12.[0-7]}} updates
static void depend(int n) {
  int place = 0;
#pragma omp target map(tofrom : place)
#pragma omp parallel
#pragma omp masked
  {
    for (int i = 0; i < n; i++) {
#pragma omp task depend(inout : place)
      place++;
    }
#pragma omp taskwait
  }
  if (place != n)
    abort();
}

// Three fences a block: to begin, to come to the end, and to go on.
// CHECK-NEXT: parallel: 1{{[12]}}.{{[0-9]}} fences, 5.0 updates
static void parallel(int n) {
#pragma omp target
  for (int i = 0; i < n; i++) {
#pragma omp parallel
    ;
  }
}

// Two fences a block, and an addition, the last of which ends it.
// CHECK-NEXT: barrier: 8.{{[0-5]}} fences, 4.0 updates
static void barrier(int n) {
#pragma omp target
#pragma omp parallel
  for (int i = 0; i < n; i++) {
#pragma omp barrier
  }
}

// That of a barrier, and no fence more: three blocks post two words each, and the
// first says that all have come.
// CHECK-NEXT: reduction: 8.{{[0-8]}} fences, 11.0 updates
static void reduction(int n) {
  double sum = 0;
#pragma omp target map(tofrom : sum)
#pragma omp parallel
  for (int i = 0; i < n; i++) {
#pragma omp for reduction(+ : sum)
    for (int j = 0; j < 16; j++)
      sum += j;
  }
  if (sum != n * 120.0)
    abort();
}

// An addition to come in, an addition with a fence to go.
// CHECK-NEXT: lock: 1.0 fences, 2.0 updates
static void lock(int n) {
#pragma omp target
  {
    omp_lock_t l;
    omp_init_lock(&l);
    for (int i = 0; i < n; i++) {
      omp_set_lock(&l);
      omp_unset_lock(&l);
    }
    omp_destroy_lock(&l);
  }
}

// A region on the lanes of a warp stays in the warp.
// CHECK-NEXT: lanes: {{-?}}0.0 fences, 0.0 updates
static void lanes(int n) {
#pragma omp target
#pragma omp parallel
#pragma omp masked
  for (int i = 0; i < n; i++) {
#pragma omp parallel for
    for (int j = 0; j < 32; j++)
      ;
  }
}

// Of 48 tasks 32 have room in the creator's own stack, so that some 16 are made
// public, mostly in bundles of eight: by one or two additions with a fence and two
// stores for each bundle; and a bundle is taken back by a swap.  They are as private
// then as the others: their ends cost nothing.
// CHECK-NEXT: unstolen: {{[12].[0-9]}} fences, {{1[0-9].[0-9]}} updates
static void unstolen(int n) {
  int done = 0, over = 0;
#pragma omp target map(tofrom : done, over)
#pragma omp parallel num_threads(16)
  {
    if (omp_get_thread_num() != 0) { // who would steal is busy
      int seen = 0;
      while (!seen) {
#pragma omp atomic read
        seen = over;
      }
    } else {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 48; j++) {
#pragma omp task shared(done)
          done++;
        }
#pragma omp taskwait
      }
#pragma omp atomic write
      over = 1;
    }
  }
  if (done != n * 48)
    abort();
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*run)(int);
  } all[] = {{"depend", depend},    {"parallel", parallel},
             {"barrier", barrier},  {"reduction", reduction},
             {"lock", lock},        {"lanes", lanes},
             {"unstolen", unstolen}};
  for (size_t i = 0; argc > 2 && i < sizeof all / sizeof *all; i++)
    if (strcmp(argv[1], all[i].name) == 0) {
      fprintf(stderr, "construct %s\n", argv[1]);
      all[i].run(atoi(argv[2]));
    }
  return 0;
}
