// The pairings of devicertl/deque.h hold in the PTX, and cost what they should:
// publishing any number of tasks is one release (the load and fence are for when
// the ring may be full), taking a public task back is one compare-and-swap, and so
// is stealing one, with an acquire before it and a release (design 6.1).
//
// REQUIRES: compiler
// RUN: clang --target=nvptx64-nvidia-cuda -march=sm_70 -nogpulib -ffreestanding \
// RUN:   -nostdlibinc -Xclang -target-feature -Xclang +ptx78 -O2 -S %s -o - \
// RUN:   -std=c17 -I%project/devicertl -I%project/include | FileCheck %s \
// RUN:   --implicit-check-not=atom. --implicit-check-not=fence. \
// RUN:   --implicit-check-not=.release. --implicit-check-not=.acquire.

#include "deque.h"

// CHECK-LABEL: .func {{.*}}publish(
// CHECK-DAG: ld.relaxed.gpu.global.b64
// CHECK-DAG: fence.acq_rel.gpu;
// CHECK: st.relaxed.gpu.global.b64
// CHECK: atom.release.gpu.global.add.u64
// CHECK: ret;
void publish(struct hdl_thread *t, uint32_t n) { deque_publish(t, n); }

// One that finds that thieves have emptied the public part pays a fence once, and
// nothing until it publishes again (D4).
// CHECK-LABEL: .func {{.*}}take(
// CHECK-DAG: fence.acq_rel.gpu;
// CHECK-DAG: atom.relaxed.gpu.global.cas.b64
// CHECK: ret;
struct hdl_task *take(struct hdl_thread *t) { return deque_take(t); }

// Twice at most.
// CHECK-LABEL: .func {{.*}}steal(
// CHECK: ld.acquire.gpu.global.b64
// CHECK: ld.relaxed.gpu.global.b64
// CHECK: atom.release.gpu.global.cas.b64
// CHECK: ld.acquire.gpu.global.b64
// CHECK: ld.relaxed.gpu.global.b64
// CHECK: atom.release.gpu.global.cas.b64
// CHECK: ret;
uint64_t steal(struct hdl_worker *victim) { return deque_steal(victim); }
