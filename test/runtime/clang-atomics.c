// What devicertl/arch/nvptx.h assumes of the compiler: clang 22 compiles an
// atomicrmw for NVPTX without its order and scope, and atomic loads and stores
// at system scope.  When this test fails, the asm there can go.
//
// REQUIRES: compiler
// RUN: clang --target=nvptx64-nvidia-cuda -march=sm_70 -nogpulib -ffreestanding \
// RUN:   -nostdlibinc -Xclang -target-feature -Xclang +ptx78 -O2 -S %s -o - \
// RUN:   | FileCheck %s

// CHECK-LABEL: .func {{.*}}add_acq_rel(
// CHECK-NOT: fence
// CHECK: atom.add.u32
// CHECK-NOT: fence
// CHECK: ret;
int add_acq_rel(int *p) { return __atomic_fetch_add(p, 1, __ATOMIC_ACQ_REL); }

// CHECK-LABEL: .func {{.*}}load_acquire(
// CHECK: ld.acquire.sys.b32
int load_acquire(int *p) {
  return __scoped_atomic_load_n(p, __ATOMIC_ACQUIRE, __MEMORY_SCOPE_WRKGRP);
}

// CHECK-LABEL: .func {{.*}}store_release(
// CHECK: st.release.sys.b32
void store_release(int *p) {
  __scoped_atomic_store_n(p, 1, __ATOMIC_RELEASE, __MEMORY_SCOPE_DEVICE);
}
