/* leaguelane.c - lanes of a league's blocks become threads.
 *
 * The memory for the 32 threads of a warp stays allocated from launch to
 * launch, since their pools and soft stacks hang from it.  A warp takes one of
 * SLOTS pieces when its first lane needs to be a thread.  Where it begins to
 * look depends on its number in the launch, so that warps that run at the same
 * time do not compete.
 *
 *   slot   event                                  next
 *   0      taken: the warp makes the memory       1, then address | 1
 *   a      taken                                  a | 1
 *   a | 1  the warp's block ends                  a
 * Pairing
 *   S1  given back, release -> taken, acq_rel swap: the next warp finds the
 *       threads' pools as the last one left them. */
#include "league.h"

/* No device has so many warps resident. */
enum { SLOTS = 16384 };
#define TAKEN UINT64_C(1)
static uint64_t slots[SLOTS];

static struct hdl_lane *make_lanes(void) {
  struct hdl_lane *lanes =
      hdl_arena(ARCH_LANES * sizeof *lanes, "threads on lanes");
  hdl_clear(lanes, ARCH_LANES * sizeof *lanes); /* no soft stack, no pool yet */
  return lanes;
}

/* Take memory for the lanes of warp `warp`. */
static struct hdl_lane *take(uint32_t warp) {
  uint32_t warps = (arch_ntid() + ARCH_LANES - 1) / ARCH_LANES;
  struct hdl_backoff pause = {0};
  for (uint32_t at = arch_block() * warps + warp;; at++) {
    uint64_t *slot = &slots[at % SLOTS];
    uint64_t seen = arch_load_rlx_gpu(slot);
    if (seen & TAKEN ||
        arch_cas_acq_rel_gpu(slot, seen, seen | TAKEN) != seen) { /* S1 */
      if (at % SLOTS == 0)
        hdl_backoff(&pause, 1000, "memory for threads on lanes", NULL);
      continue;
    }
    struct hdl_lane *lanes = (struct hdl_lane *)(uintptr_t)seen;
    if (!lanes) {
      lanes = make_lanes();
      arch_store_rlx_gpu(slot, (uint64_t)(uintptr_t)lanes | TAKEN);
    }
    for (uint32_t i = 0; i < ARCH_LANES; i++)
      lanes[i].slot = slot;
    return lanes;
  }
}

static void give(struct hdl_lane *lanes) {
  arch_store_rel_gpu(lanes->slot, (uint64_t)(uintptr_t)lanes); /* S1 */
}

/* The memory of the calling lane's warp.  Several lanes may find it missing;
 * one of them brings it. */
static struct hdl_lane *lanes_of(struct hdl_block *b, uint32_t warp) {
  uint64_t *word = (uint64_t *)&b->lanes[warp];
  uint64_t later = (uint64_t)(uintptr_t)HDL_LANES_LATER;
  uint64_t seen = arch_load_rlx_gpu(word);
  if (seen == later) {
    struct hdl_lane *mine = take(warp);
    seen = arch_cas_acq_rel_gpu(word, later, (uint64_t)(uintptr_t)mine);
    if (seen == later)
      return mine;
    give(mine);
  }
  return (struct hdl_lane *)(uintptr_t)seen;
}

/* The calling lane becomes a thread of the team it is in by the block's mode.
 * What its memory keeps from its last life: pool, soft stack, and the number of
 * taskgroups (V4 in taskred.c). */
struct hdl_thread *hdl_league_make_lane(void) {
  struct hdl_block *b = hdl_block();
  struct hdl_league *l = hdl_league();
  uint32_t warp = arch_tid() / ARCH_LANES;
  struct hdl_lane *lane = &lanes_of(b, warp)[arch_lane()];
  struct hdl_thread *t = &lane->thread;
  struct hdl_team *team =
      b->mode == HDL_MODE_REGION ? &l->grid.region : &l->grid.initial;
  t->grid = &l->grid;
  t->worker = NULL;
  t->id = arch_tid();
  hdl_lane_begin(lane, team, b->mode == HDL_MODE_REGION ? arch_tid() : 0);
  t->generation = arch_load_rlx_cta(&l->phase);
  t->seed = t->id * 2654435761u + (uint32_t)arch_grid();
  t->top = t->shown = 0;
  t->shared_at = t->scheduled_at = arch_ticks() - ARCH_COARSE_TICKS;
  t->share_ticks = ARCH_SHARE_LEAST;
  t->error = 0;
  t->sp = t->sp_end = NULL; /* the first push takes or makes a chunk */
  t->stack = NULL;
  t->open = 0;
  t->token = NULL;
  arch_add_acq_rel_cta(&b->made[warp], 1u << arch_lane()); /* K3 */
  return t;
}

/* The lanes of warp `warp` will not be threads any more. */
void hdl_league_release(uint32_t warp) {
  struct hdl_lane *lanes = hdl_block()->lanes[warp];
  if (lanes != HDL_LANES_LATER)
    give(lanes);
}
