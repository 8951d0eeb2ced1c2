// Each atomic of the device runtime is the PTX instruction that its name says:
// operation, memory order, scope and width (design 5.2 and 5.3).
//
// REQUIRES: compiler
// RUN: clang --target=nvptx64-nvidia-cuda -march=sm_70 -nogpulib -ffreestanding \
// RUN:   -nostdlibinc -Xclang -target-feature -Xclang +ptx78 -O2 -S %s -o - \
// RUN:   -std=c17 -I%project/devicertl | FileCheck %s

#include "arch.h"

// The list again, now as one function for each entry.
#define ARCH_LOAD(T, W, name, order)                                           \
  T load_##name##_##W(const T *p) { return arch_load_##name##_u##W(p); }
#define ARCH_STORE(T, W, name, order)                                          \
  void store_##name##_##W(T *p, T v) { arch_store_##name##_u##W(p, v); }
#define ARCH_ADD(T, W, name, order)                                            \
  T add_##name##_##W(T *p, T v) { return arch_add_##name##_u##W(p, v); }
#define ARCH_INC(T, W, name, order)                                            \
  T inc_##name##_##W(T *p, T n) { return arch_inc_##name##_u##W(p, n); }
#define ARCH_XCHG(T, W, name, order)                                           \
  T xchg_##name##_##W(T *p, T v) { return arch_xchg_##name##_u##W(p, v); }
#define ARCH_OR(T, W, name, order)                                             \
  T or_##name##_##W(T *p, T v) { return arch_or_##name##_u##W(p, v); }
#define ARCH_CAS(T, W, name, order)                                            \
  T cas_##name##_##W(T *p, T old, T v) {                                       \
    return arch_cas_##name##_u##W(p, old, v);                                  \
  }
#define ARCH_FENCE(name, order)                                                \
  void fence_##name(void) { arch_fence_##name(); }
#include "arch/atomics.h"

// CHECK-LABEL: .func {{.*}}load_rlx_gpu_32(
// CHECK: ld.relaxed.gpu.b32
// CHECK-LABEL: .func {{.*}}load_rlx_gpu_64(
// CHECK: ld.relaxed.gpu.b64
// CHECK-LABEL: .func {{.*}}load_acq_gpu_32(
// CHECK: ld.acquire.gpu.b32
// CHECK-LABEL: .func {{.*}}load_acq_gpu_64(
// CHECK: ld.acquire.gpu.b64
// CHECK-LABEL: .func {{.*}}load_acq_sys_64(
// CHECK: ld.acquire.sys.b64
// CHECK-LABEL: .func {{.*}}load_rlx_cta_32(
// CHECK: ld.relaxed.cta.shared.b32
// CHECK-LABEL: .func {{.*}}load_rlx_cta_64(
// CHECK: ld.relaxed.cta.shared.b64
// CHECK-LABEL: .func {{.*}}load_rlx_dev_32(
// CHECK: ld.relaxed.gpu.global.b32
// CHECK-LABEL: .func {{.*}}load_rlx_dev_64(
// CHECK: ld.relaxed.gpu.global.b64
// CHECK-LABEL: .func {{.*}}load_acq_dev_64(
// CHECK: ld.acquire.gpu.global.b64
// CHECK-LABEL: .func {{.*}}store_rlx_gpu_32(
// CHECK: st.relaxed.gpu.b32
// CHECK-LABEL: .func {{.*}}store_rlx_gpu_64(
// CHECK: st.relaxed.gpu.b64
// CHECK-LABEL: .func {{.*}}store_rel_gpu_32(
// CHECK: st.release.gpu.b32
// CHECK-LABEL: .func {{.*}}store_rel_gpu_64(
// CHECK: st.release.gpu.b64
// CHECK-LABEL: .func {{.*}}store_rel_sys_32(
// CHECK: st.release.sys.b32
// CHECK-LABEL: .func {{.*}}store_rel_sys_64(
// CHECK: st.release.sys.b64
// CHECK-LABEL: .func {{.*}}store_rel_cta_32(
// CHECK: st.release.cta.shared.b32
// CHECK-LABEL: .func {{.*}}store_rel_cta_64(
// CHECK: st.release.cta.shared.b64
// CHECK-LABEL: .func {{.*}}store_rlx_dev_32(
// CHECK: st.relaxed.gpu.global.b32
// CHECK-LABEL: .func {{.*}}store_rlx_dev_64(
// CHECK: st.relaxed.gpu.global.b64
// CHECK-LABEL: .func {{.*}}store_rel_dev_32(
// CHECK: st.release.gpu.global.b32
// CHECK-LABEL: .func {{.*}}store_rel_dev_64(
// CHECK: st.release.gpu.global.b64
// CHECK-LABEL: .func {{.*}}add_rlx_gpu_32(
// CHECK: atom.relaxed.gpu.add.u32
// CHECK-LABEL: .func {{.*}}add_rlx_gpu_64(
// CHECK: atom.relaxed.gpu.add.u64
// CHECK-LABEL: .func {{.*}}add_acq_rel_gpu_32(
// CHECK: atom.acq_rel.gpu.add.u32
// CHECK-LABEL: .func {{.*}}add_acq_rel_gpu_64(
// CHECK: atom.acq_rel.gpu.add.u64
// CHECK-LABEL: .func {{.*}}add_acq_gpu_64(
// CHECK: atom.acquire.gpu.add.u64
// CHECK-LABEL: .func {{.*}}add_acq_rel_cta_32(
// CHECK: atom.acq_rel.cta.shared.add.u32
// CHECK-LABEL: .func {{.*}}add_rel_gpu_32(
// CHECK: atom.release.gpu.add.u32
// CHECK-LABEL: .func {{.*}}add_rlx_dev_64(
// CHECK: atom.relaxed.gpu.global.add.u64
// CHECK-LABEL: .func {{.*}}add_rel_dev_64(
// CHECK: atom.release.gpu.global.add.u64
// CHECK-LABEL: .func {{.*}}inc_acq_rel_cta_32(
// CHECK: atom.acq_rel.cta.shared.inc.u32
// CHECK-LABEL: .func {{.*}}xchg_acq_rel_cta_32(
// CHECK: atom.acq_rel.cta.shared.exch.b32
// CHECK-LABEL: .func {{.*}}xchg_acq_rel_cta_64(
// CHECK: atom.acq_rel.cta.shared.exch.b64
// CHECK-LABEL: .func {{.*}}xchg_acq_rel_gpu_32(
// CHECK: atom.acq_rel.gpu.exch.b32
// CHECK-LABEL: .func {{.*}}xchg_acq_rel_gpu_64(
// CHECK: atom.acq_rel.gpu.exch.b64
// CHECK-LABEL: .func {{.*}}xchg_acq_dev_64(
// CHECK: atom.acquire.gpu.global.exch.b64
// CHECK-LABEL: .func {{.*}}xchg_rel_dev_64(
// CHECK: atom.release.gpu.global.exch.b64
// CHECK-LABEL: .func {{.*}}or_rel_gpu_32(
// CHECK: atom.release.gpu.or.b32
// CHECK-LABEL: .func {{.*}}or_rlx_gpu_64(
// CHECK: atom.relaxed.gpu.or.b64
// CHECK-LABEL: .func {{.*}}or_rlx_cta_32(
// CHECK: atom.relaxed.cta.shared.or.b32
// CHECK-LABEL: .func {{.*}}cas_acq_gpu_32(
// CHECK: atom.acquire.gpu.cas.b32
// CHECK-LABEL: .func {{.*}}cas_acq_gpu_64(
// CHECK: atom.acquire.gpu.cas.b64
// CHECK-LABEL: .func {{.*}}cas_rel_gpu_64(
// CHECK: atom.release.gpu.cas.b64
// CHECK-LABEL: .func {{.*}}cas_rlx_dev_64(
// CHECK: atom.relaxed.gpu.global.cas.b64
// CHECK-LABEL: .func {{.*}}cas_rel_dev_64(
// CHECK: atom.release.gpu.global.cas.b64
// CHECK-LABEL: .func {{.*}}cas_acq_rel_gpu_32(
// CHECK: atom.acq_rel.gpu.cas.b32
// CHECK-LABEL: .func {{.*}}cas_acq_rel_gpu_64(
// CHECK: atom.acq_rel.gpu.cas.b64
// CHECK-LABEL: .func {{.*}}cas_acq_rel_sys_32(
// CHECK: atom.acq_rel.sys.cas.b32
// CHECK-LABEL: .func {{.*}}cas_acq_rel_cta_64(
// CHECK: atom.acq_rel.cta.shared.cas.b64
// CHECK-LABEL: .func {{.*}}fence_acq_rel_gpu(
// CHECK: fence.acq_rel.gpu;
// CHECK-LABEL: .func {{.*}}fence_acq_rel_cta(
// CHECK: fence.acq_rel.cta;
// CHECK-LABEL: .func {{.*}}fence_sc_gpu(
// CHECK: fence.sc.gpu;
