// A failed assert on the device stops the program with status 134 and names the
// expression and the line (C17 7.2.1).
//
// C17: 7.2 assert.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <assert.h>

int main(int argc, char **argv) {
  (void)argv;
#pragma omp target
  // CHECK: heddle: error: thread 0 (warp 0 of {{.*}}) failed the assertion 'argc > 7' at {{.*}}assert.c:[[#@LINE+1]]
  assert(argc > 7);
  return 0;
}
