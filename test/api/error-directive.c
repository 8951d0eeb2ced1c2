// The error directive warns and goes on, or stops the program
// (OpenMP 5.2, 8.5).
//
// OpenMP 5.2: 8.5 error at(execution)
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe
// RUN: %faults %exe fatal | FileCheck %s

#include "../expect.h"
#include <omp.h>

int main(int argc, char **argv) {
  (void)argv;
  int after = 0;
#pragma omp target map(tofrom : after)
  {
    // CHECK: heddle: warning: thread 0 (warp 0 of {{.*}}) reached {{.*}}omp error{{.*}} only a warning at {{.*}}error-directive.c:[[#@LINE+1]]
#pragma omp error at(execution) severity(warning) message("only a warning")
    after = 1;
    if (argc > 1) {
      // CHECK: heddle: error: thread 0 (warp 0 of {{.*}}) reached {{.*}}omp error{{.*}} the end at {{.*}}error-directive.c:[[#@LINE+1]]
#pragma omp error at(execution) severity(fatal) message("the end")
    }
  }
  EXPECT_EQ(after, 1);
  return expect_failures;
}
