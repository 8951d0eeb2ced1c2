/* single.c - `single`, `copyprivate`, `master`, `masked` (OpenMP 5.2, 11.1,
 * 5.7.2, 10.5).
 *
 * Every member counts the single regions it has met; the team counts those
 * taken.  Whoever moves the team's count from its own takes the region, so a
 * member that runs ahead (nowait) needs no barrier.  The swap is acq_rel only
 * because it costs nothing next to the region: the construct orders nothing.
 *
 * On the grid only the first of each block asks the team: thousands of threads
 * would queue for its count.  The block has the number of the region, so that
 * nothing need be reset, and of the last single region that one of it has met.  Who
 * asks waits until those before have been taken: each has somebody of the block who
 * is about to, but who may be behind. */
#include "league.h"
#include "runtime.h"

/* Whether no other member in the block of `t`, which is a warp, has come to its
 * single region number `mine`, or to a later one. */
static bool is_first_of_block(const struct hdl_thread *t, uint32_t mine) {
  uint64_t *single = &hdl_block()->single;
  uint64_t own = (uint64_t)t->region << 32 | (mine + 1);
  uint64_t seen = arch_load_rlx_cta(single);
  while (seen >> 32 != t->region || (uint32_t)seen <= mine) {
    uint64_t old = arch_cas_acq_rel_cta(single, seen, own);
    if (old == seen)
      return true;
    seen = old;
  }
  return false;
}

/* Whether the calling thread is the first of its team to ask for the region number
 * `mine`. */
HDL_OUTLINE static int32_t take(struct hdl_team *team, uint32_t mine,
                                const struct ident *loc) {
  uint32_t seen;
  struct hdl_backoff pause = {0};
  while ((int32_t)((seen = arch_load_rlx_gpu(&team->singles)) - mine) < 0)
    hdl_backoff(&pause, 64, "an earlier single region", ident_where(loc));
  return seen == mine &&
         arch_cas_acq_rel_gpu(&team->singles, mine, mine + 1) == mine;
}

/* `single` in another team than the grid's. */
HDL_OUTLINE static int32_t single_elsewhere(const struct ident *loc) {
  struct hdl_thread *t = hdl_self();
  return t->team->size == 1 || take(t->team, t->ws.singles++, loc);
}

HDL_API int32_t __kmpc_single(const struct ident *loc, int32_t gtid) {
  (void)gtid;
  struct hdl_thread *t = hdl_warp_thread();
  if (!hdl_is_whole() || t->team->size == 1 || t->team->kind != HDL_TEAM_GRID)
    return single_elsewhere(loc);
  uint32_t mine = t->ws.singles++;
  return is_first_of_block(t, mine) && take(t->team, mine, loc);
}
HDL_API void __kmpc_end_single(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
}

/* `copyprivate` (5.7.2), instead of the barrier of the construct: all members
 * call it at the end of the region.  `list` points to the member's copies of
 * the variables; `copy` assigns what the second list points to to the first.
 * The first barrier publishes the list of the thread that ran the region, the
 * second keeps it and its variables until all have copied. */
HDL_API void __kmpc_copyprivate(const struct ident *loc, int32_t gtid,
                                uint64_t bytes, void **list,
                                void (*copy)(void **to, const void *from),
                                int32_t ran_it) {
  (void)gtid;
  struct hdl_thread *t = hdl_self();
  struct hdl_team *team = t->team;
  if (team->size == 1)
    return;
  if (ran_it) {
    if (arch_is_local(list) || hdl_any_local(list, bytes))
      hdl_fault(HDL_FAULT_UNSUPPORTED,
                "the copyprivate clause in a program built without "
                "heddle.cfg",
                ident_where(loc), 0, 0);
    team->copied = list;
  }
  hdl_barrier(t, loc);
  if (!ran_it)
    copy(list, team->copied);
  hdl_barrier(t, loc);
}

HDL_API int32_t __kmpc_masked(const struct ident *loc, int32_t gtid,
                              int32_t filter) {
  (void)loc, (void)gtid;
  uint32_t num;
  hdl_team_here(&num);
  return num == (uint32_t)filter;
}
HDL_API void __kmpc_end_masked(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
}
HDL_API int32_t __kmpc_master(const struct ident *loc, int32_t gtid) {
  return __kmpc_masked(loc, gtid, 0);
}
HDL_API void __kmpc_end_master(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
}

/* `flush` (OpenMP 5.2, 15.8.5): all forms are the strong one. */
HDL_API void __kmpc_flush(const struct ident *loc) {
  (void)loc;
  arch_fence_sc_gpu();
}
