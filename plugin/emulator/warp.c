/* warp.c - meetings of the lanes of a warp, and of all lanes of a block.
 *
 * A lane that comes to a meeting parks until the last one has come; that one
 * computes everybody's result, readies them, and goes on.  A lane that has
 * finished is not waited for, as on the hardware. */
#include "machine.h"
#include "output.h"
#include "plugin.h"

#include <stdio.h>

/* End the process: the running lane broke `rule`. */
static _Noreturn void misuse(const struct lane *me, const char *rule) {
  struct hdl_fault fault = {.kind = HDL_FAULT_MISUSE,
                            .warp = me->id.block * me->block->num_warps +
                                    me->id.tid / LANES_PER_WARP,
                            .grid = me->id.grid};
  snprintf(fault.what, sizeof fault.what, "%s", rule);
  hdl_output_rescue();
  hdl_fault_report(&fault, "the emulator");
  __builtin_unreachable(); /* it is not a note */
}

/* Give the lanes of `mask`, which all have come, what they came for. */
static void conclude(struct warp *warp, uint32_t mask) {
  uint64_t values[LANES_PER_WARP] = {0};
  uint32_t ballot = 0;
  for (uint32_t left = mask; left != 0; left &= left - 1) {
    uint32_t i = (uint32_t)__builtin_ctz(left);
    values[i] = warp->lanes[i].value;
    ballot |= (uint32_t)(values[i] != 0) << i;
  }
  for (uint32_t left = mask; left != 0; left &= left - 1) {
    struct lane *lane = &warp->lanes[__builtin_ctz(left)];
    if (lane->meeting == MEET_BALLOT)
      lane->value = ballot;
    else if (lane->meeting == MEET_SHUFFLE && lane->source < LANES_PER_WARP &&
             (mask >> lane->source & 1) != 0)
      lane->value = values[lane->source];
  }
}

/* Whether all live lanes of `mask` have come to the same meeting; `me`, if not
 * NULL, is on its way to park. */
static bool is_complete(const struct warp *warp, const struct lane *one,
                        const struct lane *me) {
  for (uint32_t left = one->mask & warp->live; left != 0; left &= left - 1) {
    const struct lane *lane = &warp->lanes[__builtin_ctz(left)];
    if (lane != me && lane->state != LANE_PARKED)
      return false;
    if (lane->meeting != one->meeting || lane->mask != one->mask)
      return false;
  }
  return true;
}

/* Ready the lanes of `mask` but `me`. */
static void release(struct warp *warp, uint32_t mask, const struct lane *me) {
  warp->parked &= ~mask;
  for (uint32_t left = mask; left != 0; left &= left - 1) {
    struct lane *lane = &warp->lanes[__builtin_ctz(left)];
    if (lane != me)
      hdl_schedule_ready(lane);
  }
}

/* The running lane meets those of `mask`; returns what it gets. */
static uint64_t meet(enum meeting meeting, uint32_t mask, uint64_t value,
                     uint32_t source) {
  hdl_emu_point();
  struct lane *me = hdl_emu_device.current;
  struct warp *warp = me->warp;
  uint32_t bit = UINT32_C(1) << me->id.lane;
  if ((mask & bit) == 0)
    misuse(me, "a lane takes part in a warp operation whose mask leaves it "
               "out");
  me->meeting = meeting;
  me->mask = mask;
  me->value = value;
  me->source = source;
  if (is_complete(warp, me, me)) {
    uint32_t present = mask & warp->live;
    conclude(warp, present);
    release(warp, present, me);
  } else {
    warp->parked |= bit;
    hdl_schedule_park();
  }
  return me->value;
}

void hdl_emu_warp_sync(uint32_t mask) { meet(MEET_SYNC, mask, 0, 0); }

uint64_t hdl_emu_shuffle(uint32_t mask, uint64_t value, uint32_t src) {
  return meet(MEET_SHUFFLE, mask, value, src);
}

uint32_t hdl_emu_ballot(uint32_t mask, bool pred) {
  return (uint32_t)meet(MEET_BALLOT, mask, pred, 0);
}

/* Ready all lanes of `block` that are parked for `meeting`. */
static void release_block(struct block *block, enum meeting meeting) {
  for (uint32_t w = 0; w < block->num_warps; w++) {
    struct warp *warp = &block->warps[w];
    for (uint32_t left = warp->live; left != 0; left &= left - 1) {
      struct lane *lane = &warp->lanes[__builtin_ctz(left)];
      if (lane->state == LANE_PARKED && lane->meeting == meeting)
        hdl_schedule_ready(lane);
    }
  }
}

/* All lanes of a block, whatever their warps do. */
void hdl_emu_block_sync(void) {
  hdl_emu_point();
  struct lane *me = hdl_emu_device.current;
  struct block *block = me->block;
  me->meeting = MEET_BLOCK;
  if (++block->arrived == block->live) {
    block->arrived = 0;
    release_block(block, MEET_BLOCK);
  } else {
    hdl_schedule_park();
  }
}

/* On the hardware a warp arrives when all its lanes have, so that one outside
 * of the first `n` lanes must not come. */
void hdl_emu_part_sync(uint32_t n) {
  hdl_emu_point();
  struct lane *me = hdl_emu_device.current;
  struct block *block = me->block;
  if (n % LANES_PER_WARP != 0 || me->id.tid >= n)
    misuse(me, "a lane takes part in a barrier of warps that leaves it out");
  me->meeting = MEET_PART;
  if (++block->part_arrived == n) {
    block->part_arrived = 0;
    release_block(block, MEET_PART);
  } else {
    hdl_schedule_park();
  }
}

/* `block->live` still counts the lane. */
void hdl_warp_leave(struct lane *me) {
  struct warp *warp = me->warp;
  warp->live &= ~(UINT32_C(1) << me->id.lane);
  uint32_t left = warp->parked;
  while (left != 0) {
    struct lane *lane = &warp->lanes[__builtin_ctz(left)];
    uint32_t present = lane->mask & warp->live;
    if (is_complete(warp, lane, NULL)) {
      conclude(warp, present);
      release(warp, present, NULL);
    }
    left &= ~present; /* the others of this meeting would find the same */
  }
  struct block *block = me->block;
  if (block->arrived > 0 && block->arrived == block->live - 1) {
    block->arrived = 0;
    release_block(block, MEET_BLOCK);
  }
}
