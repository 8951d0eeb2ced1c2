// The runtime is gone from a parallel loop that is all of a league's kernel: no
// call, no barrier, nothing on the stack or in shared memory, and the loop's
// bounds from the block's and the lane's number (docs/design.md, 10).
//
// REQUIRES: compiler, emulator || gpu
// RUN: %cc -O2 --offload-device-only -emit-llvm -c %s -o %t.bc
// RUN: llvm-link %t.bc %build-dir/lib/heddle-nvptx.bc -o %t.linked.bc
// RUN: opt -passes='default<O2>' -openmp-opt-disable %t.linked.bc -o %t.opt.bc
// RUN: llc -mcpu=sm_90 -mattr=+ptx78 %t.opt.bc -o - | FileCheck %s

// CHECK-LABEL: .entry __omp_offloading_{{.*}}_triad_
// CHECK-NOT: {{call|bar\.|barrier|\.local|\.shared}}
// CHECK-DAG: %tid.x
// CHECK-DAG: %ntid.x
// CHECK-DAG: %ctaid.x
// CHECK-NOT: {{call|bar\.|barrier|\.local|\.shared}}
// CHECK: ld.global
// CHECK-NOT: {{call|bar\.|barrier|\.local|\.shared}}
// CHECK: st.global
// CHECK-NOT: {{call|bar\.|barrier|\.local|\.shared}}
// CHECK: ret;
void triad(double *a, const double *b, const double *c, long n) {
#pragma omp target teams distribute parallel for map(tofrom : a[ : n])         \
    map(to : b[ : n], c[ : n])
  for (long i = 0; i < n; i++)
    a[i] = b[i] + 3 * c[i];
}
