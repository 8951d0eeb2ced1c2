/* warp.c - the lanes of a thread, for programs that want them (<heddle.h>).
 *
 * heddle_lanes is a nested `parallel` (lanes.c), so inside it the lanes are
 * OpenMP threads too.  What works on all lanes together must be called by all
 * of them; a thread outside has one lane. */
#include "runtime.h"

static uint32_t mask_of(const struct hdl_thread *t) {
  return t->team->kind == HDL_TEAM_LANES ? hdl_lanes_region()->mask
                                         : 1u << arch_lane();
}

static void call(int32_t *gtid, int32_t *btid, const uint64_t *args) {
  (void)gtid, (void)btid;
  ((void (*)(void *))(uintptr_t)args[0])((void *)(uintptr_t)args[1]);
}

HDL_API void heddle_lanes(void (*function)(void *), void *argument) {
  struct hdl_thread *t = hdl_self();
  uint32_t n = hdl_lanes_free(t);
  const uint64_t args[] = {(uintptr_t)function, (uintptr_t)argument};
  if (n > 1)
    hdl_lanes_fork(t, n, (void *)function, call, args, 2);
  else
    function(argument);
}

HDL_API int heddle_lane(void) {
  struct hdl_thread *t = hdl_self();
  return t->team->kind == HDL_TEAM_LANES ? (int)t->num : 0;
}
HDL_API int heddle_lane_count(void) {
  return __builtin_popcount(mask_of(hdl_self()));
}

/* The word of lane number `lane`; one's own if there is no such lane. */
static uint32_t word_of(const struct hdl_thread *t, uint32_t word,
                        uint32_t lane) {
  return t->team->kind == HDL_TEAM_LANES
             ? hdl_lanes_shuffle(word, (int16_t)(lane - t->num))
             : word;
}

static uint64_t shuffle(const struct hdl_thread *t, uint64_t value,
                        uint32_t lane) {
  uint64_t low = word_of(t, (uint32_t)value, lane);
  return (uint64_t)word_of(t, (uint32_t)(value >> 32), lane) << 32 | low;
}

HDL_API uint64_t heddle_shuffle(uint64_t value, int lane) {
  return shuffle(hdl_self(), value, (uint32_t)lane & 31);
}

/* Bit i of the result is lane number i. */
HDL_API uint32_t heddle_ballot(int vote) {
  struct hdl_thread *t = hdl_self();
  uint32_t mask = mask_of(t), votes = arch_ballot(mask, vote != 0);
  if (t->team->kind != HDL_TEAM_LANES)
    return votes >> arch_lane();
  uint32_t primary = 1u << hdl_lanes_region()->primary,
           result = votes & primary ? 1 : 0;
  uint32_t i = 1;
  for (uint32_t left = mask & ~primary; left; left &= left - 1, i++)
    result |= (uint32_t)((votes & left & -left) != 0) << i;
  return result;
}

/* The sum of all lanes' values, in all lanes. */
HDL_API uint64_t heddle_reduce_add(uint64_t value) {
  struct hdl_thread *t = hdl_self();
  uint32_t n = (uint32_t)heddle_lane_count();
  uint64_t sum = 0;
  for (uint32_t i = 0; i < n; i++)
    sum += shuffle(t, value, i);
  return sum;
}
