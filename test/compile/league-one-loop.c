// `teams distribute parallel for` is one loop, in which each thread goes on by as
// many iterations as the league has threads: no chunk in between, so that a
// reduction is one for each team, and the loads of four iterations of a loop that
// reduces travel together.  With schedules that the program chose it stays two.
//
// REQUIRES: compiler, emulator || gpu
// RUN: %cc -O2 --offload-device-only -emit-llvm -c %s -o %t.bc
// RUN: llvm-link %t.bc %build-dir/lib/heddle-nvptx.bc -o %t.linked.bc
// RUN: opt -passes='default<O2>' -openmp-opt-disable %t.linked.bc -o %t.opt.bc
// RUN: llc -mcpu=sm_90 -mattr=+ptx78 %t.opt.bc -o %t.ptx
// RUN: FileCheck %s --input-file=%t.ptx
// RUN: FileCheck %s --input-file=%t.ptx --check-prefix=DOT
// RUN: llvm-dis %t.bc -o - | FileCheck %s --check-prefix=CHOSEN

// One branch leads back, from the loop's end to its begin.
// CHECK-LABEL: .entry __omp_offloading_{{.*}}_copy_
// CHECK: %nctaid.x
// CHECK: [[LOOP:\$L__BB[0-9_]+]]:
// CHECK-NOT: bra
// CHECK: ld.global.b64
// CHECK-NOT: bra
// CHECK: st.global.b64
// CHECK-NOT: bra
// CHECK: bra {{.*}}[[LOOP]];
// CHECK-NOT: bra
// CHECK: ret;
void copy(double *a, const double *b, long n) {
#pragma omp target teams distribute parallel for map(tofrom : a[ : n])         \
    map(to : b[ : n])
  for (long i = 0; i < n; i++)
    a[i] = b[i];
}

// DOT-LABEL: .entry __omp_offloading_{{.*}}_dot_
// Four and, where they do not go in fours, one.
// DOT-COUNT-5: fma.rn.f64
// DOT-NOT: fma.rn.f64
// DOT: ret;
double dot(const double *a, const double *b, long n) {
  double sum = 0;
#pragma omp target teams distribute parallel for reduction(+ : sum)            \
    map(to : a[ : n], b[ : n])
  for (long i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

// CHOSEN-LABEL: define {{.*}}_chosen_
// CHOSEN-NOT: joined
// CHOSEN: __heddle_league_distribute_static_init_8(
// CHOSEN-NOT: joined
// CHOSEN: __heddle_league_for_static_init_8(
void chosen(double *a, long n) {
#pragma omp target teams distribute parallel for dist_schedule(static, 64)     \
    map(tofrom : a[ : n])
  for (long i = 0; i < n; i++)
    a[i] = 1;
}
