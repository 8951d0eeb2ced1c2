/* fiber.c - stacks of lanes and the switch between them.
 *
 * All stacks lie in one reserved range of addresses, so that "is this some
 * lane's stack" is one comparison in translated code.  Lane i owns
 *   [base + i * pitch, + GUARD_BYTES)   never accessible
 *   [ ... , base + (i + 1) * pitch)     its stack, growing down
 * Memory appears when a lane first runs and stays for the next launch. */
#include "machine.h"
#include "plugin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if !defined(__x86_64__)
#error "the emulator has no fiber switch for this machine"
#endif

/* Larger frames are probed page by page (points.c). */
#define GUARD_BYTES UINT64_C(16384)

/* Stacks whose tops are a multiple of 4 KiB apart would all compete for one
 * set of the L1 cache: lane i starts (i % 32) * 192 bytes lower. */
#define COLOURS      32u
#define COLOUR_BYTES 192u

__attribute__((visibility("default"))) uint64_t hdl_emu_stacks_base;
__attribute__((visibility("default"))) uint64_t hdl_emu_stacks_bytes;

static uint64_t pitch;
static bool *mapped; /* per lane: its stack can be used */

/* Linux 6.13 can make guard pages without a mapping of their own, which is
 * several times as cheap as mprotect; older headers do not know its name. */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
static bool has_light_guards;

/* void hdl_fiber_switch(void **save_sp, void *load_sp)
 * Save what a callee must preserve on this stack and go on with the other.
 * MXCSR and the x87 control word are the same in all lanes. */
__asm__(".text\n"
        ".globl hdl_fiber_switch\n"
        ".hidden hdl_fiber_switch\n"
        ".type hdl_fiber_switch, @function\n"
        ".p2align 4\n"
        "hdl_fiber_switch:\n"
        "  pushq %rbp\n"
        "  pushq %rbx\n"
        "  pushq %r12\n"
        "  pushq %r13\n"
        "  pushq %r14\n"
        "  pushq %r15\n"
        "  movq %rsp, (%rdi)\n"
        "  movq %rsi, %rsp\n"
        "  popq %r15\n"
        "  popq %r14\n"
        "  popq %r13\n"
        "  popq %r12\n"
        "  popq %rbx\n"
        "  popq %rbp\n"
        "  ret\n"
        ".size hdl_fiber_switch, . - hdl_fiber_switch\n");

void hdl_fiber_reserve(uint32_t lanes, uint64_t stack_bytes) {
  uint64_t page = 4096;
  pitch = GUARD_BYTES + (stack_bytes + page - 1) / page * page;
  uint64_t bytes = pitch * lanes;
  void *base = mmap(NULL, bytes, PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  mapped = calloc(lanes, sizeof *mapped);
  if (base == MAP_FAILED || mapped == NULL)
    hdl_die("the emulator cannot reserve %llu MiB of addresses for the stacks "
            "of %u lanes; lower HEDDLE_STACK_SIZE or HEDDLE_EMU_SMS",
            (unsigned long long)(bytes >> 20), lanes);
  has_light_guards = madvise(base, GUARD_BYTES, MADV_GUARD_INSTALL) == 0 &&
                     mprotect(base, bytes, PROT_READ | PROT_WRITE) == 0;
  hdl_emu_stacks_base = (uint64_t)(uintptr_t)base;
  hdl_emu_stacks_bytes = bytes;
}

/* Make the stack from `low` to `high`, with a guard below it, usable. */
static bool open_stack(uint64_t low, uint64_t high) {
  if (has_light_guards)
    return madvise((void *)(uintptr_t)(low - GUARD_BYTES), GUARD_BYTES,
                   MADV_GUARD_INSTALL) == 0;
  return mprotect((void *)(uintptr_t)low, high - low, PROT_READ | PROT_WRITE) ==
         0;
}

void *hdl_fiber_prepare(uint32_t lane, void (*entry)(void)) {
  uint64_t low = hdl_emu_stacks_base + pitch * lane + GUARD_BYTES;
  uint64_t high = hdl_emu_stacks_base + pitch * (lane + 1);
  if (!mapped[lane] && !open_stack(low, high))
    hdl_die("the emulator cannot map the stack of lane %u: %s; lower "
            "HEDDLE_EMU_SMS or the number of threads, or raise "
            "vm.max_map_count",
            lane, strerror(errno));
  mapped[lane] = true;
  /* What hdl_fiber_switch pops: six registers and `entry`.  Above them a null
   * return address, so that on entry the stack is aligned as after a call and
   * a debugger stops there. */
  uint64_t *top = (uint64_t *)(uintptr_t)(high - lane % COLOURS * COLOUR_BYTES);
  top[-1] = 0;
  top[-2] = (uint64_t)(uintptr_t)entry;
  memset(top - 8, 0, 6 * sizeof *top);
  return top - 8;
}

int64_t hdl_fiber_lane_of(uintptr_t address, bool *is_guard) {
  uint64_t offset = address - hdl_emu_stacks_base;
  if (offset >= hdl_emu_stacks_bytes)
    return -1;
  if (is_guard != NULL)
    *is_guard = offset % pitch < GUARD_BYTES;
  return (int64_t)(offset / pitch);
}

size_t hdl_fiber_left(uint32_t lane, uintptr_t sp) {
  return sp - (hdl_emu_stacks_base + pitch * lane + GUARD_BYTES);
}
