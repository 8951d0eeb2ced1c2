// Generic kernels of leagues whose teams' part all lanes can execute become such
// (execution mode 3), with no fork left; others stay as they are (mode 1).
// test/league/teams-part.c shows that they do what they should.
//
// REQUIRES: compiler && !host
// RUN: %cc -O2 --offload-device-only -S -emit-llvm %s -o %t.ll
// RUN: FileCheck %s --input-file %t.ll
// RUN: FileCheck %s --check-prefix=CODE --input-file %t.ll

#include <stdio.h>

#pragma omp begin declare target
void unknown(void);
#pragma omp end declare target

// CHECK: __omp_offloading_{{.*}}_rows_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 3,
// CODE-LABEL: define {{.*}} @__omp_offloading_{{.*}}_rows_
// CODE: call {{.*}} @__heddle_league_begin_bare(
// CODE-NOT: call {{.*}} @__kmpc_
// CODE: ret void
void rows(double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
    long row = i * n;
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[row + j] = 2 * a[row + j];
  }
}

// A store that is not the team's own is thread 0's.
// CHECK: __omp_offloading_{{.*}}_counts_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 3,
// CODE-LABEL: define {{.*}} @__omp_offloading_{{.*}}_counts_
// CODE: call void @__heddle_league_barrier()
// CODE: icmp eq i32 %{{.*}}, 0
// CODE: store i32
// CODE: call void @__heddle_league_barrier()
// CODE: ret void
void counts(int *count, double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
    count[i] = 1;
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[j] = 2 * a[j];
  }
}

// CHECK: __omp_offloading_{{.*}}_prints_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
void prints(double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
    printf("%ld\n", i);
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[j] = 2 * a[j];
  }
}

// CHECK: __omp_offloading_{{.*}}_calls_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
void calls(double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
    unknown();
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[j] = 2 * a[j];
  }
}

// The pointer may be to what each lane would have its own copy of.
// CHECK: __omp_offloading_{{.*}}_points_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
void points(double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
    int x = 1, y = 2, *p = i % 3 ? &x : &y;
    *p = 5;
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[j] = x + y;
  }
}

// CHECK: __omp_offloading_{{.*}}_atomic_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
void atomic(int *count, double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
#pragma omp atomic
    ++*count;
#pragma omp parallel for
    for (long j = 0; j < n; j++)
      a[j] = 2 * a[j];
  }
}

// CHECK: __omp_offloading_{{.*}}_few_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
void few(double *a, long n) {
#pragma omp target teams distribute
  for (long i = 0; i < n; i++) {
#pragma omp parallel for num_threads(3)
    for (long j = 0; j < n; j++)
      a[j] = 2 * a[j];
  }
}
