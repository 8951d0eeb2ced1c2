/* arch.h - everything the device runtime asks of the machine.
 *
 * One implementation per target, chosen at the bottom and nowhere else: no
 * other file tests for a target or contains asm.  Each defines
 *
 *   arch_lane arch_tid arch_ntid arch_block arch_blocks arch_sm arch_sms
 *   arch_grid              who the calling lane is; arch_grid is unique per
 *                          launch and never 0
 *   arch_block_sync()      all lanes of the block meet
 *   arch_part_sync(n)      the first `n` lanes of the block meet; whole warps
 *   arch_warp_sync(mask)   the named lanes of the warp meet
 *   arch_shuffle(mask, word, src)   the word of lane `src`; all lanes of `mask`
 *                          call it together; `src` must be one of them
 *   arch_ballot(mask, pred)   bit per lane whose pred is true, likewise
 *   arch_wait(ns, what, where)   a wait found its condition false: let others
 *                          run for about `ns`; what and where are for reports
 *   arch_progress()        a wait ended, or something happened that may end one
 *   arch_clock_ns()        a clock of the whole device
 *   arch_ticks()           a cheap clock of one SM, wraps
 *   arch_prefetch(p)       bring a sector of device memory into the L1
 *   arch_read_now(p)       *p, read here and not where it is first needed
 *   arch_is_local(p)       whether `p` is in the local memory of some lane
 *   arch_malloc(bytes) arch_free(p)   device heap; NULL when exhausted
 *   arch_report(fault)     hands a fault (hostpage.h) to the host; returns after
 *                          a note, and if nobody listens
 *   arch_trap()            ends the kernel
 *   arch_print(text)       prints a text without the plugin's help
 *   arch_stack_mark() arch_stack_restart(mark, go)   how deep the caller's
 *                          stack is; give up all that lies above the mark and
 *                          call `go`, which never returns
 *   arch_lane_exit()       ends the calling lane alone
 *   arch_wall_ns()         nanoseconds since 1970
 *   arch_settled(p)        a word of the block's memory that does not change as
 *                          long as the calling function runs, or is again what
 *                          it was whenever that goes on: read at most once
 *   ARCH_REST ARCH_TAKE_REST(args, last)   what `...` is in a function that the
 *                          program calls, and the packed arguments it gets
 *   arch_div_int           an `int` of div_t, as the program returns it
 *   arch_num_devices(n)    devices there are, when libomptarget says n
 *   ARCH_SHARE_LEAST ARCH_SHARE_MOST ARCH_COARSE_TICKS ARCH_ARRIVAL_NS
 *   ARCH_LONG_WAIT ARCH_CLOSE_TICKS ARCH_CLOSE_NS ARCH_TAGS   see arch/nvptx.h
 *
 * and the atomics of arch/atomics.h on uint32_t and uint64_t.  Their names
 * carry order and scope (cta: this block; gpu: this device; sys: the host
 * too), so that a grep finds every expensive one.  dev is gpu where the object
 * is surely in device memory, and cta implies that it is in the block's:
 *
 *   arch_load_{rlx,acq}_*  arch_store_{rlx,rel}_*  arch_add_*  arch_xchg_*
 *   arch_inc_* (adds 1, or makes 0 of its limit; returns what it saw)
 *   arch_cas_* (returns what it saw)  arch_fence_{acq_rel,sc}_* */
#ifndef HDL_ARCH_H
#define HDL_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hostpage.h"

#define ARCH_LANES  32u
#define ARCH_SECTOR 32u /* bytes that a cache fetches at a time */

/* A variable that every block has its own copy of.  Its definition must be
 * `loader_uninitialized`: nothing initialises it. */
#define HDL_BLOCK_LOCAL __attribute__((address_space(3)))

/* Address of the host's page, written into the image by the plugin.  Volatile,
 * because no code in the module stores to it. */
extern struct hdl_host_page *volatile hdl_host_page;

/* The page, or NULL: there is no plugin, or not ours. */
static inline struct hdl_host_page *hdl_host(void) {
  struct hdl_host_page *page = hdl_host_page;
  return (uintptr_t)page != HDL_PAGE_UNSET && page->version == HDL_PAGE_VERSION
             ? page
             : NULL;
}

/* The host page's atomics, used at one width only. */
#define arch_load_acq_sys    arch_load_acq_sys_u64
#define arch_cas_acq_rel_sys arch_cas_acq_rel_sys_u32

#if defined(HDL_EMULATOR)
#include "arch/emu.h"
#elif defined(__NVPTX__)
#include "arch/nvptx.h"
#else
#error "no arch/ implementation for this target"
#endif

/* The functions above by the type of the object. */
#define ARCH_BY_TYPE(f, p)                                                     \
  _Generic((p),                                                                \
      uint32_t *: f##_u32,                                                     \
      const uint32_t *: f##_u32,                                               \
      uint64_t *: f##_u64,                                                     \
      const uint64_t *: f##_u64)

#define arch_load_rlx_gpu(p)        ARCH_BY_TYPE(arch_load_rlx_gpu, p)(p)
#define arch_load_acq_gpu(p)        ARCH_BY_TYPE(arch_load_acq_gpu, p)(p)
#define arch_load_rlx_cta(p)        ARCH_BY_TYPE(arch_load_rlx_cta, p)(p)
#define arch_store_rlx_gpu(p, v)    ARCH_BY_TYPE(arch_store_rlx_gpu, p)(p, v)
#define arch_store_rel_gpu(p, v)    ARCH_BY_TYPE(arch_store_rel_gpu, p)(p, v)
#define arch_store_rel_cta(p, v)    ARCH_BY_TYPE(arch_store_rel_cta, p)(p, v)
#define arch_store_rel_sys(p, v)    ARCH_BY_TYPE(arch_store_rel_sys, p)(p, v)
#define arch_add_rlx_gpu(p, v)      ARCH_BY_TYPE(arch_add_rlx_gpu, p)(p, v)
#define arch_add_acq_rel_gpu(p, v)  ARCH_BY_TYPE(arch_add_acq_rel_gpu, p)(p, v)
#define arch_xchg_acq_rel_cta(p, v) ARCH_BY_TYPE(arch_xchg_acq_rel_cta, p)(p, v)
#define arch_xchg_acq_rel_gpu(p, v) ARCH_BY_TYPE(arch_xchg_acq_rel_gpu, p)(p, v)
#define arch_add_acq_gpu(p, v)      ARCH_BY_TYPE(arch_add_acq_gpu, p)(p, v)
#define arch_cas_acq_gpu(p, old, v) ARCH_BY_TYPE(arch_cas_acq_gpu, p)(p, old, v)
#define arch_cas_acq_rel_gpu(p, old, v)                                        \
  ARCH_BY_TYPE(arch_cas_acq_rel_gpu, p)(p, old, v)
#define arch_load_rlx_dev(p)     ARCH_BY_TYPE(arch_load_rlx_dev, p)(p)
#define arch_store_rlx_dev(p, v) ARCH_BY_TYPE(arch_store_rlx_dev, p)(p, v)
#define arch_store_rel_dev(p, v) ARCH_BY_TYPE(arch_store_rel_dev, p)(p, v)
/* Used at one width only: */
#define arch_load_acq_dev        arch_load_acq_dev_u64
#define arch_add_rlx_dev         arch_add_rlx_dev_u64
#define arch_add_rel_dev         arch_add_rel_dev_u64
#define arch_add_rel_gpu         arch_add_rel_gpu_u32
#define arch_inc_acq_rel_cta     arch_inc_acq_rel_cta_u32
#define arch_xchg_acq_dev        arch_xchg_acq_dev_u64
#define arch_xchg_rel_dev        arch_xchg_rel_dev_u64
#define arch_cas_rlx_dev         arch_cas_rlx_dev_u64
#define arch_cas_rel_dev         arch_cas_rel_dev_u64
#define arch_add_acq_rel_cta     arch_add_acq_rel_cta_u32
#define arch_xchg_acq_gpu        arch_xchg_acq_gpu_u64
#define arch_cas_rlx_gpu         arch_cas_rlx_gpu_u64
#define arch_cas_rel_gpu         arch_cas_rel_gpu_u64
#define arch_or_rlx_cta          arch_or_rlx_cta_u32
#define arch_or_rlx_gpu          arch_or_rlx_gpu_u64
#define arch_or_rel_gpu          arch_or_rel_gpu_u32
#define arch_cas_acq_rel_cta     arch_cas_acq_rel_cta_u64

#endif /* HDL_ARCH_H */
