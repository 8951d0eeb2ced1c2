/* arch/nvptx.h - NVIDIA GPUs from sm_70.  Include "arch.h", never this file.
 *
 * The atomics are PTX because clang 22 compiles __atomic_* here without what
 * the runtime lives on: an atomicrmw loses its order and its scope, and loads
 * and stores come out at system scope (test/runtime/clang-atomics.c notices
 * when that changes). */

#define ARCH_NAME         "nvptx"
/* How often a working thread looks whether thieves are hungry, and from which
 * distance between scheduling points its tasks count as coarse; cycles. */
#define ARCH_SHARE_LEAST  4000u
#define ARCH_SHARE_MOST   32000u
#define ARCH_COARSE_TICKS 40000u
/* A launched block that has not arrived this long after the previous one will
 * not: all that fit start within a few microseconds. */
#define ARCH_ARRIVAL_NS   20000u
/* After so many sleeps a waiting thread looks how long it has waited. */
#define ARCH_LONG_WAIT    65536u
/* A wait that tends to be short polls without a pause for so many cycles, and
 * the block's other threads look this often at what it sees. */
#define ARCH_CLOSE_TICKS  20000u
#define ARCH_CLOSE_NS     20u
/* When a launch finds so many tags of reductions given out, it begins anew. */
#define ARCH_TAGS         0x80000000u
/* Naps of a warp that can be given something by its block, and what one takes
 * with the looking around it. */
#define ARCH_NAP_NS       40u
#define ARCH_NAP_TAKES_NS 250u

static inline uint32_t arch_lane(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_laneid();
}
static inline uint32_t arch_tid(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_tid_x();
}
static inline uint32_t arch_ntid(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_ntid_x();
}
static inline uint32_t arch_block(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_ctaid_x();
}
static inline uint32_t arch_sm(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_smid();
}
static inline uint32_t arch_sms(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_nsmid();
}
static inline uint32_t arch_blocks(void) {
  return (uint32_t)__nvvm_read_ptx_sreg_nctaid_x();
}
static inline uint64_t arch_grid(void) {
  uint64_t id;
  __asm__("mov.u64 %0, %%gridid;" : "=l"(id));
  return id + 1; /* the runtime wants an identity that is never 0 */
}

static inline void arch_block_sync(void) {
  /* Not the aligned form: OpenMPOpt moves code across those. */
  __asm__ volatile("barrier.sync 0;" ::: "memory");
}
static inline void arch_part_sync(uint32_t n) {
  __asm__ volatile("barrier.sync 1, %0;" ::"r"(n) : "memory");
}
static inline void arch_warp_sync(uint32_t mask) {
  __asm__ volatile("bar.warp.sync %0;" ::"r"(mask) : "memory");
}

static inline uint32_t arch_shuffle(uint32_t mask, uint32_t word,
                                    uint32_t src) {
  uint32_t got;
  __asm__ volatile("shfl.sync.idx.b32 %0, %1, %2, 31, %3;"
                   : "=r"(got)
                   : "r"(word), "r"(src), "r"(mask)
                   : "memory");
  return got;
}

static inline uint32_t arch_ballot(uint32_t mask, bool pred) {
  uint32_t bits;
  __asm__ volatile("{\n\t.reg .pred p;\n\tsetp.ne.u32 p, %1, 0;\n\t"
                   "vote.sync.ballot.b32 %0, p, %2;\n\t}"
                   : "=r"(bits)
                   : "r"((uint32_t)pred), "r"(mask)
                   : "memory");
  return bits;
}

static inline void arch_wait(uint32_t ns, const char *what, const char *where) {
  (void)what, (void)where; /* for the emulator's deadlock report */
  __asm__ volatile("nanosleep.u32 %0;" ::"r"(ns) : "memory");
}
static inline void arch_progress(void) {}
static inline uint64_t arch_clock_ns(void) {
  uint64_t ns;
  __asm__ volatile("mov.u64 %0, %%globaltimer;" : "=l"(ns));
  return ns;
}
static inline uint32_t arch_ticks(void) {
  uint32_t cycles;
  __asm__ volatile("mov.u32 %0, %%clock;" : "=r"(cycles));
  return cycles;
}
#define ARCH_GLOBAL __attribute__((address_space(1)))
static inline void arch_prefetch(const void *p) {
  __asm__ volatile(
      "prefetch.global.L1 [%0];" ::"l"((ARCH_GLOBAL const char *)p));
}
static inline void *arch_read_now(void *const *p) {
  void *v;
  __asm__ volatile("ld.b64 %0, [%1];" : "=l"(v) : "l"(p) : "memory");
  return v;
}
static inline bool arch_is_local(const void *p) {
  return __nvvm_isspacep_local(p);
}

void *malloc(size_t bytes); /* the driver's device heap */
void free(void *p);
int vprintf(const char *format, const void *args); /* and its output */
static inline void *arch_malloc(size_t bytes) { return malloc(bytes); }
static inline void arch_free(void *p) { free(p); }

/* The driver writes it to stdout when the kernel has ended. */
static inline void arch_print(const char *text) { vprintf("%s", &text); }
/* The timer is set to the host's clock when the driver starts. */
static inline uint64_t arch_wall_ns(void) { return arch_clock_ns(); }

#define ARCH_REST ...
#define ARCH_TAKE_REST(args, last)                                             \
  __builtin_va_list args;                                                      \
  __builtin_va_start(args, last)
typedef int32_t arch_div_int;

/* Not volatile: the compiler takes it for a function of the address. */
static inline uint64_t arch_settled(const HDL_BLOCK_LOCAL uint64_t *p) {
  uint64_t v;
  __asm__("ld.shared.b64 %0, [%1];" : "=l"(v) : "l"(p));
  return v;
}

/* The same address, of which the compiler forgets that it is a constant.  Else it
 * makes a generic one of it and a shared one of that again for each atomic, and the
 * assembler takes all of that for needed. */
static inline HDL_BLOCK_LOCAL void *arch_shared(HDL_BLOCK_LOCAL void *p) {
  __asm__("" : "+l"(p));
  return p;
}

static inline uint32_t arch_num_devices(uint32_t reported) { return reported; }

static inline _Noreturn void arch_trap(void) {
  __asm__ volatile("trap;");
  __builtin_unreachable();
}

static inline uint64_t arch_stack_mark(void) {
  uint64_t mark;
  __asm__ volatile("stacksave.u64 %0;" : "=l"(mark)::"memory");
  return mark;
}
static inline _Noreturn void arch_lane_exit(void) {
  __asm__ volatile("exit;");
  __builtin_unreachable();
}
static inline _Noreturn void arch_stack_restart(uint64_t mark,
                                                void (*go)(void)) {
  __asm__ volatile("stackrestore.u64 %0;" ::"l"(mark) : "memory");
  go();
  arch_lane_exit();
}

#define ARCH_C_32 "r"
#define ARCH_C_64 "l"

/* The PTX spelling of each order and scope in the names of atomics.h, with the
 * state space where it is known; and the pointers to that.  Where it is not, an
 * atomic on 64 bits costs twice as many instructions. */
#define ARCH_S_rlx_gpu "relaxed.gpu"
#define ARCH_P_rlx_gpu
#define ARCH_S_acq_gpu "acquire.gpu"
#define ARCH_P_acq_gpu
#define ARCH_S_rel_gpu "release.gpu"
#define ARCH_P_rel_gpu
#define ARCH_S_acq_rel_gpu "acq_rel.gpu"
#define ARCH_P_acq_rel_gpu
#define ARCH_S_rlx_dev     "relaxed.gpu.global"
#define ARCH_P_rlx_dev     ARCH_GLOBAL
#define ARCH_S_rel_dev     "release.gpu.global"
#define ARCH_P_rel_dev     ARCH_GLOBAL
#define ARCH_S_acq_dev     "acquire.gpu.global"
#define ARCH_P_acq_dev     ARCH_GLOBAL
#define ARCH_S_rlx_cta     "relaxed.cta.shared"
#define ARCH_P_rlx_cta     HDL_BLOCK_LOCAL
#define ARCH_S_rel_cta     "release.cta.shared"
#define ARCH_P_rel_cta     HDL_BLOCK_LOCAL
#define ARCH_S_acq_rel_cta "acq_rel.cta.shared"
#define ARCH_P_acq_rel_cta HDL_BLOCK_LOCAL
#define ARCH_S_acq_sys     "acquire.sys"
#define ARCH_P_acq_sys
#define ARCH_S_rel_sys "release.sys"
#define ARCH_P_rel_sys
#define ARCH_S_acq_rel_sys "acq_rel.sys"
#define ARCH_P_acq_rel_sys
#define ARCH_F_acq_rel_gpu "acq_rel.gpu"
#define ARCH_F_acq_rel_cta "acq_rel.cta"
#define ARCH_F_sc_gpu      "sc.gpu"

#define ARCH_LOAD(T, W, name, order)                                           \
  static inline T arch_load_##name##_u##W(const T *p) {                        \
    T v;                                                                       \
    __asm__ volatile("ld." ARCH_S_##name ".b" #W " %0, [%1];"                  \
                     : "=" ARCH_C_##W(v)                                       \
                     : "l"((ARCH_P_##name const T *)p)                         \
                     : "memory");                                              \
    return v;                                                                  \
  }
#define ARCH_STORE(T, W, name, order)                                          \
  static inline void arch_store_##name##_u##W(T *p, T v) {                     \
    __asm__ volatile("st." ARCH_S_##name                                       \
                     ".b" #W " [%0], %1;" ::"l"((ARCH_P_##name T *)p),         \
                     ARCH_C_##W(v)                                             \
                     : "memory");                                              \
  }
#define ARCH_RMW(call, op, T, W, name)                                         \
  static inline T arch_##call##_##name##_u##W(T *p, T v) {                     \
    T old;                                                                     \
    __asm__ volatile("atom." ARCH_S_##name op #W " %0, [%1], %2;"              \
                     : "=" ARCH_C_##W(old)                                     \
                     : "l"((ARCH_P_##name T *)p), ARCH_C_##W(v)                \
                     : "memory");                                              \
    return old;                                                                \
  }
#define ARCH_ADD(T, W, name, order)  ARCH_RMW(add, ".add.u", T, W, name)
#define ARCH_INC(T, W, name, order)  ARCH_RMW(inc, ".inc.u", T, W, name)
#define ARCH_XCHG(T, W, name, order) ARCH_RMW(xchg, ".exch.b", T, W, name)
#define ARCH_OR(T, W, name, order)   ARCH_RMW(or, ".or.b", T, W, name)
#define ARCH_CAS(T, W, name, order)                                            \
  static inline T arch_cas_##name##_u##W(T *p, T old, T v) {                   \
    T seen;                                                                    \
    __asm__ volatile("atom." ARCH_S_##name ".cas.b" #W " %0, [%1], %2, %3;"    \
                     : "=" ARCH_C_##W(seen)                                    \
                     : "l"((ARCH_P_##name T *)p), ARCH_C_##W(old),             \
                       ARCH_C_##W(v)                                           \
                     : "memory");                                              \
    return seen;                                                               \
  }
#define ARCH_FENCE(name, order)                                                \
  static inline void arch_fence_##name(void) {                                 \
    __asm__ volatile("fence." ARCH_F_##name ";" ::: "memory");                 \
  }
#include "atomics.h"

static inline void arch_report(const struct hdl_fault *fault) {
  struct hdl_host_page *page = hdl_host();
  if (!page)
    return;
  struct hdl_fault *out = &page->fault;
  uint64_t until = arch_clock_ns() + HDL_FAULT_PATIENCE_NS;
  while (arch_cas_acq_rel_sys(&out->state, HDL_FAULT_FREE, HDL_FAULT_CLAIMED) !=
         HDL_FAULT_FREE) {
    if (arch_clock_ns() > until)
      return; /* nobody prints; the trap that follows must do */
    arch_wait(1000, NULL, NULL);
  }
  out->kind = fault->kind;
  out->warp = fault->warp;
  out->thread_num = fault->thread_num;
  out->grid = fault->grid;
  out->output = fault->output;
  out->device = fault->device;
  out->arg[0] = fault->arg[0];
  out->arg[1] = fault->arg[1];
  for (unsigned i = 0; i < sizeof out->what; i++)
    out->what[i] = fault->what[i];
  for (unsigned i = 0; i < sizeof out->where; i++)
    out->where[i] = fault->where[i];
  /* Pairs with the host's acquire: it sees the fields above. */
  arch_store_rel_sys_u32(&out->state, HDL_FAULT_POSTED);
  if (HDL_FAULT_IS_NOTE(fault->kind))
    return;
  until = arch_clock_ns() + HDL_FAULT_PATIENCE_NS;
  while (arch_clock_ns() < until)
    arch_wait(1000, NULL, NULL); /* the host is ending the process */
}
