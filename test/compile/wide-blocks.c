// The kernel of a grid team may have blocks as large as an SM has room for, whatever
// clang or a thread_limit clause says: that limits the team.  A league's may not.
//
// REQUIRES: compiler && !host
// RUN: %cc %s -S -emit-llvm --offload-device-only -o - | FileCheck %s

// An environment's fifth number is the most threads of a block, and its seventh the
// most teams.
// CHECK: _grid_l[[GRID:[0-9]+]]_kernel_environment = {{.*}}{ i8 {{[0-9]}}, i8 {{[0-9]}}, i8 {{[0-9]}}, i32 {{[0-9]+}}, i32 1024, i32 {{-?[0-9]+}}, i32 {{-?1}},
// CHECK: _grid_l[[LIMITED:[0-9]+]]_kernel_environment = {{.*}}{ i8 {{[0-9]}}, i8 {{[0-9]}}, i8 {{[0-9]}}, i32 {{[0-9]+}}, i32 1024, i32 {{-?[0-9]+}}, i32 {{-?1}},
// CHECK: _league_l[[LEAGUE:[0-9]+]]_kernel_environment = {{.*}}{ i8 {{[0-9]}}, i8 {{[0-9]}}, i8 {{[0-9]}}, i32 {{[0-9]+}}, i32 128, i32 {{-?[0-9]+}}, i32 0,
// CHECK: define {{.*}}_grid_l[[GRID]]({{.*}} #[[OWN:[0-9]+]]
// CHECK: define {{.*}}_league_l[[LEAGUE]]({{.*}} #[[BOUND:[0-9]+]]
// CHECK-NOT: attributes #[[OWN]] = {{.*}}nvvm.maxntid
// CHECK: attributes #[[BOUND]] = {{.*}}"nvvm.maxntid"="128"

void grid(int *a) {
#pragma omp target map(a[0 : 1])
#pragma omp parallel
  a[0] = 1;
#pragma omp target map(a[0 : 1]) thread_limit(50)
#pragma omp parallel
  a[0] = 1;
}

void league(int *a) {
#pragma omp target teams map(a[0 : 1])
  a[0] = 1;
}

int main(void) { return 0; }
