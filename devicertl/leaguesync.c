/* leaguesync.c - barriers and reductions of a team that is a block.
 *
 * A team of all lanes, or of whole warps, has a hardware barrier.  In another,
 * lanes of a warp outside the team may be waiting elsewhere, and a hardware
 * barrier would wait for them (it counts warps); there, each warp's members
 * meet, and their first lanes count themselves.  So it is with cancellation,
 * too: somebody must know that he is the last (C4 in cancel.c).
 *
 *   X1  `arrived` counts the warps that have come to barrier number `phase`;
 *       the last one sets it to 0 before it adds one to `phase`.
 * Pairings
 *   X2  arrived, acq_rel add by each -> the last one's; phase, release by it ->
 *       poll and fence: all see what all did before the barrier.  Lanes of a
 *       warp by bar.warp.sync. */
#include "league.h"

HDL_OUTLINE static void counted_barrier(struct hdl_team *team) {
  struct hdl_league *l = hdl_league();
  uint32_t n = team->size, mask = hdl_league_mask(n);
  uint32_t warps = (n + ARCH_LANES - 1) / ARCH_LANES;
  arch_warp_sync(mask);
  if (arch_lane() == 0) {
    uint32_t phase = arch_load_rlx_cta(&l->phase);
    if (arch_add_acq_rel_cta(&l->arrived, 1) + 1 == warps) { /* X2 */
      if (hdl_cancellation())
        hdl_cancel_barrier_ends(team, phase + 1);
      arch_store_rlx_gpu(&l->arrived, 0u);      /* X1 */
      arch_store_rel_cta(&l->phase, phase + 1); /* X2 */
      arch_progress();
    } else {
      struct hdl_backoff pause = {0};
      while (arch_load_rlx_cta(&l->phase) == phase)
        hdl_backoff(&pause, 64, "barrier", NULL);
      arch_fence_acq_rel_cta(); /* X2 */
    }
  }
  arch_warp_sync(mask);
}

/* All threads of the region; `t` is the calling one, or NULL if it is unmade. */
void hdl_league_barrier(struct hdl_thread *t) {
  struct hdl_team *team = &hdl_league()->grid.region;
  uint32_t n = team->size;
  if (!t && hdl_block()->mode != HDL_MODE_REGION)
    return; /* an initial thread */
  if (t)
    t->generation++;
  if (hdl_cancellation() || (n != arch_ntid() && n % ARCH_LANES != 0))
    counted_barrier(team);
  else if (n == arch_ntid())
    arch_block_sync();
  else
    arch_part_sync(n);
}

/* ------------------------------------------------------------------------
 * Reductions over teams
 *
 * Each team writes its copies to a record of a buffer; the last one combines
 * them.  A buffer has at least 1024 records.  If there are more teams, they
 * use it in turns: who comes as number a has record a % records, and waits
 * until all turns before its own are complete.  It waits only for teams that
 * have come, so it does not matter in which order blocks start.
 *
 *   X3  launch->reduced, acq_rel add by each -> the last one's: it sees all
 *       records; and -> poll and fence by who waits for its turn. */

/* Write this team's record.  True if it is the last one. */
static bool write_record(struct kernel_launch *launch, uint32_t records,
                         void *list, const struct hdl_league_reduction *f) {
  uint32_t teams = arch_blocks(), at = arch_block();
  if (teams > records)
    at = arch_add_rlx_gpu(&launch->reducing, 1);
  if (at < records) {
    f->to_record(launch->reduction_buffer, (int32_t)at, list);
  } else {
    struct hdl_backoff pause = {0};
    while (arch_load_rlx_gpu(&launch->reduced) < at / records * records)
      hdl_backoff(&pause, 256, "a reduction over teams", NULL);
    arch_fence_acq_rel_gpu(); /* X3 */
    f->into_record(launch->reduction_buffer, (int32_t)(at % records), list);
  }
  arch_progress();
  return arch_add_acq_rel_gpu(&launch->reduced, 1) + 1 == teams; /* X3 */
}

/* Combine every `step`th record from `first` on in `list`. */
static void read_records(char *buffer, uint32_t records, uint32_t first,
                         uint32_t step, void *list,
                         const struct hdl_league_reduction *f) {
  f->from_record(buffer, (int32_t)first, list);
  for (uint32_t i = first + step; i < records; i += step)
    f->reduce_record(buffer, (int32_t)i, list);
}

/* Combine the copies of all teams in one thread of the league: true there.  In
 * an SPMD kernel all lanes come, and the team's values are those of thread 0.
 * If they are in local memory, the copies of the others are free to help, as
 * many as there are records; if not, they are the same. */
bool hdl_league_reduce_teams(bool spmd, uint32_t records, void **list,
                             const struct hdl_league_reduction *f) {
  struct hdl_league_launch *l = hdl_league_launch();
  uint32_t teams = arch_blocks(), num = arch_tid();
  if (teams == 1)
    return num == 0;
  if (num == 0)
    l->is_last = write_record(l->launch, records, list, f);
  if (spmd)
    arch_block_sync();
  if (!l->is_last)
    return false;
  if (records > teams)
    records = teams;
  char *buffer = l->launch->reduction_buffer;
  if (!spmd || !arch_is_local(list[0])) {
    if (num == 0)
      read_records(buffer, records, 0, 1, list, f);
    return num == 0;
  }
  uint32_t helpers = records < arch_ntid() ? records : arch_ntid();
  if (num < helpers)
    read_records(buffer, records, num, arch_ntid(), list, f);
  return hdl_league_reduce(num, helpers, list, f->shuffle, f->copy);
}
