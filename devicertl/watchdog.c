/* watchdog.c - says so when a launch has come to a standstill.
 *
 * A standstill is that every thread that has arrived has waited, through
 * hdl_backoff, for as long as the host asks, without an end.  Threads that
 * sleep for want of work count too; one that computes, sleeps by nanosleep or
 * spins on its own variable does not wait, and there is no standstill.
 *
 * Time is divided into periods of that length.  In each, a thread whose wait
 * has lasted for one counts itself, and whoever completes the number declares
 * the standstill.  From then on those that wait for something tell what, a few
 * of them.  If it still holds a period later, the launch can be stopped.
 * Leagues are not watched: their teams wait in hardware barriers.
 * Nothing depends on the orders here: all accesses are relaxed but the
 * exchange, which wait.c needs. */
#include "league.h"

enum { TELLERS = 4 };

static bool is_idle(const char *what) {
  const char *idle = "idle";
  while (*idle && *what == *idle)
    what++, idle++;
  return *what == *idle;
}

/* Count a thread in `period`; true if it is the last of `threads`. */
static bool completes(struct hdl_grid *g, uint32_t period, uint32_t threads) {
  uint64_t seen = arch_load_rlx_gpu(&g->stall), now, before;
  do {
    before = seen;
    uint32_t count = before >> 32 == period ? (uint32_t)before + 1 : 1;
    now = (uint64_t)period << 32 | count;
    seen = arch_cas_acq_rel_gpu(&g->stall, before, now);
  } while (seen != before);
  return (uint32_t)now == threads;
}

HDL_OUTLINE void hdl_long_wait(bool first, const char *what,
                               const char *where) {
  const struct hdl_host_page *page = hdl_host();
  struct hdl_grid *g = hdl_block()->grid;
  if (!page || page->watchdog_ns == 0 || !g || hdl_in_league())
    return;
  /* Lanes that are threads count as their warp. */
  struct hdl_warp_state *w = hdl_warp_state();
  uint64_t limit = page->watchdog_ns, now = arch_clock_ns();
  if (first)
    arch_store_rlx_gpu(&w->waits_since, now);
  uint64_t since = arch_load_rlx_gpu(&w->waits_since);
  if (now - since < limit)
    return;

  uint32_t period = (uint32_t)(now / limit);
  if (arch_xchg_acq_rel_cta(&w->stall, period) != period &&
      completes(g, period, arch_load_rlx_gpu(&g->tickets) * g->block_warps) &&
      arch_load_rlx_gpu(&g->stalled) == 0)
    arch_store_rlx_gpu(&g->stalled, period);

  uint32_t stalled = arch_load_rlx_gpu(&g->stalled);
  if (stalled == 0 || is_idle(what))
    return;
  if (!w->told) {
    w->told = true;
    if (arch_add_rlx_gpu(&g->tellers, 1u) < TELLERS)
      hdl_note(HDL_NOTE_STANDSTILL, what, where, now - since);
  }
  bool goes_on = (uint32_t)(arch_load_rlx_gpu(&g->stall) >> 32) > stalled;
  if (goes_on && page->flags & HDL_PAGE_WATCHDOG_STOPS)
    hdl_fault(HDL_FAULT_STANDSTILL, what, where, now - since, 0);
}
