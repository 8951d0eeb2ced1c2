// The compiler pass makes barriers cancellation points of a parallel region
// that cancels itself, and leaves others alone (OpenMP 5.2, 16.2).  If clang
// does so one day, there are two tests behind a barrier and the pass can go.
//
// OpenMP 5.2: 16.1 cancel parallel
//
// REQUIRES: compiler && !host
// RUN: %cc --offload-device-only -S -emit-llvm %s -o - | FileCheck %s

int x;
#pragma omp declare target to(x)

void cancels(void) {
  // CHECK-LABEL: define {{.*}}cancels{{.*}}_omp_outlined(
  // CHECK: call void @__kmpc_barrier(
  // CHECK-NEXT: call i32 @__kmpc_cancellationpoint({{.*}}, i32 1)
  // CHECK-NOT: @__kmpc_cancellationpoint(
  // CHECK: call i32 @__kmpc_cancel(
#pragma omp target parallel
  {
#pragma omp barrier
#pragma omp cancel parallel if (x)
  }
}

void waits(void) {
  // CHECK-LABEL: define {{.*}}waits{{.*}}_omp_outlined(
  // CHECK: call void @__kmpc_barrier(
  // CHECK-NOT: call i32 @__kmpc_cancellationpoint(
  // CHECK: ret void
#pragma omp target parallel
  {
#pragma omp barrier
  }
}
