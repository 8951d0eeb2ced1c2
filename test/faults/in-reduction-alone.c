// A task with in_reduction of a variable that no construct around it reduces
// over tasks is stopped (OpenMP 5.2, 5.5.10).
//
// OpenMP 5.2: 5.5.10 in_reduction
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe | FileCheck %s

#pragma omp begin declare target
static int x;
static void add(void) {
#pragma omp task in_reduction(+ : x)
  x += 1;
}
#pragma omp end declare target

int main(void) {
  int y = 0;
#pragma omp target map(tofrom : y)
#pragma omp parallel
#pragma omp single
#pragma omp taskgroup task_reduction(+ : y)
  add();
  // CHECK: heddle: error: {{.*}}in_reduction names a variable that no enclosing construct reduces
  return 0;
}
