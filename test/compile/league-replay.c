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

// A loop over rows, in which comes a variable of the team that the loop over
// columns reads, and then `what`.
#define KERNEL(name, parameter, what, clause)                                  \
  void name(double *a, long n, parameter) {                                    \
    _Pragma("omp target teams distribute") for (long i = 0; i < n; i++) {      \
      long row = i * n;                                                        \
      what;                                                                    \
      _Pragma(clause) for (long j = 0; j < n; j++) a[row + j] *= 2;            \
    }                                                                          \
  }
#define LOOP "omp parallel for"

// CHECK: __omp_offloading_{{.*}}_rows_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 3,
// CODE-LABEL: define {{.*}} @__omp_offloading_{{.*}}_rows_
// CODE: call {{.*}} @__heddle_league_begin_bare(
// CODE-NOT: call {{.*}} @__kmpc_
// CODE: ret void
KERNEL(rows, long m, row += m, LOOP)

// A store that is not the team's own is thread 0's.
// CHECK: __omp_offloading_{{.*}}_counts_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 3,
// CODE-LABEL: define {{.*}} @__omp_offloading_{{.*}}_counts_
// CODE: call void @__heddle_league_barrier()
// CODE: icmp eq i32 %{{.*}}, 0
// CODE: store i32
// CODE: call void @__heddle_league_barrier()
// CODE: ret void
KERNEL(counts, int *count, count[i] = 1, LOOP)

// CHECK: __omp_offloading_{{.*}}_prints_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
KERNEL(prints, long m, printf("%ld\n", i + m), LOOP)

// CHECK: __omp_offloading_{{.*}}_calls_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
KERNEL(calls, long m, unknown(), LOOP)

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
KERNEL(atomic, int *count, _Pragma("omp atomic")++ *count, LOOP)

// CHECK: __omp_offloading_{{.*}}_few_{{.*}}_kernel_environment = {{.*}} { i8 1, i8 1, i8 1,
KERNEL(few, long m, (void)m, "omp parallel for num_threads(3)")
