// Endless recursion stops with a sentence that says what overflowed and what to
// do (design 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#pragma omp begin declare target
static int descend(volatile int *depth) {
  if (*depth < 0)
    return 0;
  volatile int frame[64];
  frame[*depth & 63] = ++*depth;
  return descend(depth) + frame[*depth & 63];
}
#pragma omp end declare target

int main(void) {
  int depth = 0;
#pragma omp target map(tofrom : depth)
  depth += descend(&depth);
  // CHECK: heddle: error: {{.*}}overflowed its stack
  return depth;
}
