// The work between constructs of the benchmarks is there when the compilers are
// through with it: each turn of its loop, on the device and on the host.
//
// REQUIRES: compiler && !host
// RUN: %cc -O2 %s -I%project/bench -S -emit-llvm --offload-device-only -o - \
// RUN:   | FileCheck %s
// RUN: %cc -O2 %s -I%project/bench -S -emit-llvm --offload-host-only -o - \
// RUN:   | FileCheck %s

#include <delay.h>

// CHECK: define {{.*}}@delay({{.*}}
// CHECK: br label
// CHECK: mul i32 {{.*}}, 1664525
// CHECK: asm sideeffect
// CHECK: br i1
// CHECK: store atomic volatile i32 1, ptr @delay_sink
// CHECK: ret void

int main(void) {
#pragma omp target
  delay(100);
  delay(100);
  return 0;
}
