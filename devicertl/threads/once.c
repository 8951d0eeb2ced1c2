/* once.c - call_once, and points in time.
 *
 *   flag     0           RUNNING             DONE
 *   next     RUNNING, by compare-and-swap    DONE, by the same thread
 * A flag has no room for a list of waiters; they look now and then, as those
 * who wait for an OpenMP construct do.
 * Pairing
 *   U1  DONE, release -> acquire: everybody sees what the function did. */
#include "threads/sync.h"

enum { RUNNING = 1, DONE = 2 };

HDL_OUTLINE void hdl_once(uint32_t *flag, void (*function)(void),
                          const char *what) {
  if (arch_load_acq_gpu(flag) == DONE) /* U1 */
    return;
  if (arch_cas_acq_rel_gpu(flag, 0, RUNNING) == 0) {
    function();
    arch_store_rel_gpu(flag, (uint32_t)DONE); /* U1 */
    arch_progress();
    return;
  }
  struct hdl_backoff pause = {0};
  while (arch_load_acq_gpu(flag) != DONE) /* U1 */
    hdl_backoff(&pause, 256, what, NULL);
  arch_progress();
}

/* The point `at` of `clock` on the clock that deadlines are on.  False if it is
 * not a time. */
bool hdl_deadline(const struct hdl_timespec *at, int32_t clock, uint64_t *ns) {
  if (at->tv_nsec < 0 || at->tv_nsec >= 1000000000)
    return false;
  uint64_t now = arch_clock_ns();
  uint64_t then = clock == HDL_CLOCK_WALL ? arch_wall_ns() : now;
  if (at->tv_sec < 0) {
    *ns = 1; /* long ago */
  } else if ((uint64_t)at->tv_sec >= UINT64_C(9000000000)) {
    *ns = HDL_FOREVER; /* in 2255 or later */
  } else {
    uint64_t due = (uint64_t)at->tv_sec * 1000000000 + (uint64_t)at->tv_nsec;
    *ns = due <= then ? 1 : now + (due - then);
  }
  return true;
}

/* Others run until `deadline`, which is on the device's clock. */
void hdl_sleep_until(struct hdl_thread *t, uint64_t deadline,
                     const char *what) {
  hdl_suspend(t, deadline, what); /* nobody knows of it */
}
