// Endless recursion through shared variables of tasks stops too, with the
// thread's name and what to do (design 4.4 and 8).
//
// REQUIRES: emulator
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#pragma omp begin declare target
static int descend(int depth) {
  if (depth < 0)
    return 0;
  int frame[2000];
  frame[depth % 2000] = depth;
#pragma omp task shared(frame)
  frame[0] = descend(depth + 1);
#pragma omp taskwait
  return frame[0] + frame[depth % 2000];
}
#pragma omp end declare target

int main(void) {
  int result = 0;
#pragma omp target map(from : result)
#pragma omp parallel num_threads(1)
  result = descend(0);
  // CHECK: heddle: error: {{.*}} {{overflowed its stack|found no memory}}
  return result;
}
