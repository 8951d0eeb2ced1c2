/* arch/emu.h - the CPU emulator as a machine.  Include "arch.h", never this
 * file; plugin/emulator/ implements the functions declared here.
 *
 * The device runtime is compiled twice from the same sources: for nvptx64 and,
 * with this header, for x86-64.  Every lane of every block is a fiber; a lane
 * can lose the processor only inside the functions below, each of which is a
 * switch point.  All lanes of a device run on one OS thread, so that a
 * schedule is a sequence of choices and a seed reproduces it. */
#include <stddef.h>

/* Identity of the running lane; constant for its life. */
struct hdl_emu_id {
  uint32_t lane;     /* in its warp, [0, 32) */
  uint32_t tid;      /* in its block, [0, ntid) */
  uint32_t ntid;     /* lanes of a block */
  uint32_t block;    /* [0, blocks) */
  uint32_t blocks;   /* blocks of the grid */
  uint32_t reserved; /* 0 */
  uint64_t grid;     /* unique per launch in this process, never 0 */
};
const struct hdl_emu_id *hdl_emu_self(void);

/* A switch point: the schedule may run any other lane before it returns. */
void hdl_emu_point(void);

/* The lane waits for a condition and has just seen it false: it does not run
 * for about `ns` of virtual time, others do.  `what` names the kind of wait
 * ("barrier", "taskwait", "omp_set_lock", ...; "idle" for a sleeping warp that
 * waits for work) and `where` is the ident_t psource string of the construct
 * or NULL; both must stay valid while the lane waits.  When every lane of a
 * launch is parked or waits, nobody has called hdl_emu_progress for a long
 * time, and at least one lane waits for something other than "idle", the
 * emulator reports a deadlock and ends the process. */
void hdl_emu_wait(uint64_t ns, const char *what, const char *where);

/* The running lane's wait is over, or it did something others may wait for. */
void hdl_emu_progress(void);

/* The lanes of this warp named in `mask` (bit per lane) meet. */
void hdl_emu_warp_sync(uint32_t mask);

/* The value of `value` in lane `src` of this warp; every lane in `mask` calls
 * it together.  A lane outside `mask` or the warp yields the caller's value. */
uint64_t hdl_emu_shuffle(uint32_t mask, uint64_t value, uint32_t src);

/* Bit per lane of `mask` whose `pred` is true; all of `mask` call together. */
uint32_t hdl_emu_ballot(uint32_t mask, bool pred);

/* Virtual time of the device, ns; advances with switches and waits. */
uint64_t hdl_emu_clock(void);

/* Whether `p` points into the local memory (stack) of any lane. */
bool hdl_emu_is_local(const void *p);

/* `p` is in the running block's shared memory, or if not `shared` outside of it;
 * if that is wrong, the process ends with a report: a GPU would trap. */
void hdl_emu_expect(const void *p, bool shared);

/* What the runtime did since the process began, of what costs on a GPU: fences
 * for all blocks, those of releasing operations included; and stores and
 * read-modify-writes, and loads, that all blocks may see.  Relaxed stores count,
 * because they go to the L2 cache as the others do. */
struct hdl_emu_counts {
  uint64_t fences, updates, loads;
};
extern struct hdl_emu_counts hdl_emu_counts;

/* Bytes left on the running lane's stack. */
size_t hdl_emu_stack_left(void);

/* Report `fault` (hostpage.h) as the plugin does for a GPU, once what has been
 * printed before is written.  Returns after a note; ends the process after
 * anything else. */
struct hdl_fault;
void hdl_emu_fault(struct hdl_host_page *page, const struct hdl_fault *fault);

/* The running lane has finished, as if its kernel had returned. */
_Noreturn void hdl_emu_exit(void);

/* Nanoseconds since 1970, by the host's clock. */
uint64_t hdl_emu_wall_clock(void);

void *hdl_emu_malloc(size_t bytes);
void hdl_emu_free(void *p);

/* All lanes of this block meet. */
void hdl_emu_block_sync(void);

/* The first `n` lanes of this block meet; all of a team call it with the same
 * `n`, which is a multiple of 32. */
void hdl_emu_part_sync(uint32_t n);

/* ------------------------------------------------------------------------
 * The contract of arch.h in terms of the above. */

#define ARCH_NAME         "emulator"
/* Short, so that schedules exercise both the private and the shared path. */
#define ARCH_SHARE_LEAST  40u
#define ARCH_SHARE_MOST   160u
#define ARCH_COARSE_TICKS 4000u
#define ARCH_ARRIVAL_NS   100000u
#define ARCH_LONG_WAIT    64u
#define ARCH_CLOSE_TICKS  60u
#define ARCH_CLOSE_NS     20u
#define ARCH_TAGS         16u
#define ARCH_NAP_NS       64u
#define ARCH_NAP_TAKES_NS 64u

static inline uint32_t arch_lane(void) { return hdl_emu_self()->lane; }
static inline uint32_t arch_tid(void) { return hdl_emu_self()->tid; }
static inline uint32_t arch_ntid(void) { return hdl_emu_self()->ntid; }
static inline uint32_t arch_block(void) { return hdl_emu_self()->block; }
static inline uint32_t arch_blocks(void) { return hdl_emu_self()->blocks; }
static inline uint32_t arch_sm(void) { return arch_block(); }
static inline uint32_t arch_sms(void) { return arch_blocks(); }
static inline uint64_t arch_grid(void) { return hdl_emu_self()->grid; }

static inline void arch_block_sync(void) { hdl_emu_block_sync(); }
static inline void arch_part_sync(uint32_t n) { hdl_emu_part_sync(n); }
static inline void arch_warp_sync(uint32_t mask) { hdl_emu_warp_sync(mask); }

static inline uint32_t arch_shuffle(uint32_t mask, uint32_t word,
                                    uint32_t src) {
  return (uint32_t)hdl_emu_shuffle(mask, word, src);
}

static inline uint32_t arch_ballot(uint32_t mask, bool pred) {
  return hdl_emu_ballot(mask, pred);
}

static inline void arch_wait(uint32_t ns, const char *what, const char *where) {
  hdl_emu_wait(ns, what, where);
}
static inline void arch_progress(void) { hdl_emu_progress(); }
static inline uint64_t arch_clock_ns(void) { return hdl_emu_clock(); }
static inline uint32_t arch_ticks(void) { return (uint32_t)hdl_emu_clock(); }
static inline bool arch_is_local(const void *p) { return hdl_emu_is_local(p); }
static inline void *arch_malloc(size_t bytes) { return hdl_emu_malloc(bytes); }
static inline void arch_free(void *p) { hdl_emu_free(p); }
static inline void arch_report(const struct hdl_fault *fault) {
  hdl_emu_fault(hdl_host(), fault);
}
/* The emulator is the plugin. */
static inline void arch_print(const char *text) { (void)text; }
static inline uint64_t arch_wall_ns(void) { return hdl_emu_wall_clock(); }

/* The emulator has lowered the program's variadic calls as nvptx64's. */
#define ARCH_REST                  const void *rest
#define ARCH_TAKE_REST(args, last) const void *args = rest
/* x86-64 returns two ints in one register and two longs in two. */
typedef int64_t arch_div_int;

static inline HDL_BLOCK_LOCAL void *arch_shared(HDL_BLOCK_LOCAL void *p) {
  return p;
}

static inline uint64_t arch_settled(const HDL_BLOCK_LOCAL uint64_t *p) {
  return *p;
}

static inline void arch_prefetch(const void *p) { (void)p; }
static inline void *arch_read_now(void *const *p) { return *p; }

/* libomptarget's host plugin shows one machine as several devices. */
static inline uint32_t arch_num_devices(uint32_t reported) {
  (void)reported;
  return 1;
}
static inline _Noreturn void arch_trap(void) { __builtin_trap(); }

static inline uint64_t arch_stack_mark(void) {
  uint64_t mark;
  __asm__ volatile("movq %%rsp, %0" : "=r"(mark));
  return mark;
}
static inline _Noreturn void arch_stack_restart(uint64_t mark,
                                                void (*go)(void)) {
  /* Below the red zone of the function that made the mark. */
  __asm__ volatile("leaq -128(%0), %%rsp\n\tandq $-16, %%rsp\n\tcallq *%1"
                   :
                   : "r"(mark), "r"(go)
                   : "memory");
  __builtin_unreachable();
}
static inline _Noreturn void arch_lane_exit(void) { hdl_emu_exit(); }

/* The memory that the orders in atomics.h imply, and whether all blocks may see
 * it. */
static inline void hdl_emu_anywhere(const void *p) { (void)p; }
static inline void hdl_emu_in_device(const void *p) {
  hdl_emu_expect(p, false);
}
static inline void hdl_emu_in_block(const void *p) { hdl_emu_expect(p, true); }
#define ARCH_AT_rlx_gpu     hdl_emu_anywhere
#define ARCH_AT_acq_gpu     hdl_emu_anywhere
#define ARCH_AT_rel_gpu     hdl_emu_anywhere
#define ARCH_AT_acq_rel_gpu hdl_emu_anywhere
#define ARCH_AT_sc_gpu      hdl_emu_anywhere
#define ARCH_AT_acq_sys     hdl_emu_anywhere
#define ARCH_AT_rel_sys     hdl_emu_anywhere
#define ARCH_AT_acq_rel_sys hdl_emu_anywhere
#define ARCH_AT_rlx_dev     hdl_emu_in_device
#define ARCH_AT_rel_dev     hdl_emu_in_device
#define ARCH_AT_acq_dev     hdl_emu_in_device
#define ARCH_AT_rlx_cta     hdl_emu_in_block
#define ARCH_AT_rel_cta     hdl_emu_in_block
#define ARCH_AT_acq_rel_cta hdl_emu_in_block

/* Before each operation `at` an address, of which ARCH_AT_* says more. */
static inline void hdl_emu_operation(const void *p, void (*at)(const void *),
                                     bool updates, int order) {
  hdl_emu_point();
  at(p);
  bool far = at != hdl_emu_in_block;
  hdl_emu_counts.updates += far && updates;
  hdl_emu_counts.loads += far && !updates;
  hdl_emu_counts.fences +=
      far && updates &&
      (order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL);
}

#define ARCH_LOAD(T, W, name, order)                                           \
  static inline T arch_load_##name##_u##W(const T *p) {                        \
    hdl_emu_operation(p, ARCH_AT_##name, false, order);                        \
    return __atomic_load_n(p, order);                                          \
  }
#define ARCH_STORE(T, W, name, order)                                          \
  static inline void arch_store_##name##_u##W(T *p, T v) {                     \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    __atomic_store_n(p, v, order);                                             \
  }
#define ARCH_ADD(T, W, name, order)                                            \
  static inline T arch_add_##name##_u##W(T *p, T v) {                          \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    return __atomic_fetch_add(p, v, order);                                    \
  }
#define ARCH_INC(T, W, name, order)                                            \
  static inline T arch_inc_##name##_u##W(T *p, T limit) {                      \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    T old = *p;                                                                \
    __atomic_store_n(p, old >= limit ? 0 : old + 1, __ATOMIC_SEQ_CST);         \
    return old; /* no other lane runs in between */                            \
  }
#define ARCH_XCHG(T, W, name, order)                                           \
  static inline T arch_xchg_##name##_u##W(T *p, T v) {                         \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    return __atomic_exchange_n(p, v, order);                                   \
  }
#define ARCH_OR(T, W, name, order)                                             \
  static inline T arch_or_##name##_u##W(T *p, T v) {                           \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    return __atomic_fetch_or(p, v, order);                                     \
  }
#define ARCH_CAS(T, W, name, order)                                            \
  static inline T arch_cas_##name##_u##W(T *p, T old, T v) {                   \
    hdl_emu_operation(p, ARCH_AT_##name, true, order);                         \
    __atomic_compare_exchange_n(p, &old, v, false, order, __ATOMIC_RELAXED);   \
    return old;                                                                \
  }
#define ARCH_FENCE(name, order)                                                \
  static inline void arch_fence_##name(void) {                                 \
    hdl_emu_point();                                                           \
    hdl_emu_counts.fences += ARCH_AT_##name != hdl_emu_in_block;               \
    __atomic_thread_fence(order);                                              \
  }
#include "atomics.h"
