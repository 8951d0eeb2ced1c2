/* fault.c - what cannot go on, said to the host (design 8). */
#include "league.h"
#include "runtime.h"

int omp_get_device_num(void);

/* The initial value means: no plugin has patched the image. */
HDL_API __attribute__((used)) struct hdl_host_page *volatile hdl_host_page =
    (struct hdl_host_page *)HDL_PAGE_UNSET;

static void copy_text(char *to, size_t size, const char *from) {
  size_t i = 0;
  for (; from && from[i] && i + 1 < size; i++)
    to[i] = from[i];
  for (; i < size; i++)
    to[i] = 0;
}

static void report(uint32_t kind, const char *what, const char *where,
                   uint64_t arg0, uint64_t arg1) {
  struct hdl_fault f;
  struct hdl_block *b = hdl_block();
  f.state = HDL_FAULT_FREE;
  f.kind = kind;
  if (hdl_in_league()) {
    f.warp = arch_block() * ((arch_ntid() + ARCH_LANES - 1) / ARCH_LANES) +
             arch_tid() / ARCH_LANES;
    hdl_team_here(&f.thread_num);
  } else {
    f.warp = b->grid ? hdl_self()->id
                     : (arch_block() * arch_ntid() + arch_tid()) / ARCH_LANES;
    f.thread_num = b->grid ? hdl_self()->num : 0;
  }
  f.grid = arch_grid();
  f.output = hdl_output_end();
  f.device = (uint32_t)omp_get_device_num();
  f.reserved = 0;
  f.arg[0] = arg0;
  f.arg[1] = arg1;
  copy_text(f.what, sizeof f.what, what);
  copy_text(f.where, sizeof f.where, where);
  arch_report(&f);
}

_Noreturn __attribute__((noinline)) void
hdl_fault(uint32_t kind, const char *what, const char *where, uint64_t arg0,
          uint64_t arg1) {
  report(kind, what, where, arg0, arg1);
  arch_trap();
}

__attribute__((noinline)) void hdl_note(uint32_t kind, const char *what,
                                        const char *where, uint64_t arg0) {
  report(kind, what, where, arg0, 0);
}

bool hdl_any_local(const void *words, uint64_t bytes) {
  const uint64_t *w = words;
  for (uint64_t i = 0; i < bytes / sizeof *w; i++)
    if (arch_is_local((const void *)(uintptr_t)w[i]))
      return true;
  return false;
}
