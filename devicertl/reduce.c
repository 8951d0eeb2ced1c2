/* reduce.c - reductions of a team (OpenMP 5.2, 5.5.5).
 *
 * The private copies are in local memory and only the function that clang
 * generates knows their types.  That function is made for lanes: it fetches
 * each word of a copy from another lane by __kmpc_shuffle_*, then combines.  We
 * supply the shuffle, so we decide where words come from and go:
 *   post     with arguments that make it combine nothing (odd lane, algorithm
 *            2), every word it asks for is a word of ours: we write them down;
 *   combine  with algorithm 0, we answer from what another thread wrote down.
 * That makes a binary tree over the members, log2 n rounds, with any type.
 *
 *   R1  A member posts each reduction at most once: `posted` counts them, and
 *       `consumed` those read.  It posts again only when they are equal.
 *   R2  posted, release -> poll and acquire fence: the reader sees the record.
 *   R3  consumed, release -> poll and acquire fence: the record may be reused.
 */
#include "league.h"
#include "runtime.h"

static void post(struct hdl_thread *t, void *list, shuffle_fn *fn,
                 const char *where) {
  struct hdl_worker *w = t->worker;
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&w->consumed) != t->reductions) { /* R1 */
    if (hdl_cancelled_region(t))
      return; /* nobody may read it (C3) */
    hdl_backoff(&pause, 256, "reduction", where);
  }
  arch_fence_acq_rel_gpu(); /* R3 */
  t->record = w->record;
  t->record_words = w->record_words;
  t->record_at = 0;
  fn(list, 1, 0, 2);
  t->reductions++;
  arch_store_rel_gpu(&w->posted, t->reductions); /* R2 */
  arch_progress();
}

static void combine(struct hdl_thread *t, uint32_t from, void *list,
                    shuffle_fn *fn, const char *where) {
  struct hdl_worker *w = &t->grid->worker[from];
  struct hdl_backoff pause = {0};
  /* Its next record is ours: all before it have been consumed (R1). */
  uint32_t before = arch_load_rlx_gpu(&w->consumed);
  while (arch_load_rlx_gpu(&w->posted) == before) {
    if (hdl_cancelled_region(t))
      return; /* it may never post (C3) */
    hdl_backoff(&pause, 256, "reduction", where);
  }
  arch_fence_acq_rel_gpu(); /* R2 */
  t->record = w->record;
  t->record_words = 0; /* we read */
  t->record_at = 0;
  fn(list, 0, 0, 0);
  arch_store_rel_gpu(&w->consumed, before + 1); /* R3 */
  arch_progress();
}

/* Returns 1 to the thread whose copies now hold the whole team's, which then
 * combines them with the originals; 0 to the others. */
HDL_API int32_t __kmpc_nvptx_parallel_reduce_nowait_v2(
    const struct ident *loc, uint64_t bytes, void *list, shuffle_fn *shuffle,
    copy_fn *inter_warp_copy) {
  (void)bytes;
  if (hdl_in_league()) {
    uint32_t num;
    const struct hdl_team *team = hdl_team_here(&num);
    return team->size == 1 ||
           hdl_league_reduce(num, team->size, list, shuffle, inter_warp_copy);
  }
  struct hdl_thread *t = hdl_self();
  uint32_t n = t->team->size, me = t->num;
  if (t->team->kind == HDL_TEAM_LANES)
    return hdl_lanes_reduce(t, list, shuffle);
  for (uint32_t step = 1; step < n; step *= 2) {
    if (me & step) {
      post(t, list, shuffle, ident_where(loc));
      return 0;
    }
    if (me + step < n)
      combine(t, me + step, list, shuffle, ident_where(loc));
  }
  return 1;
}

/* Returns 1 to the thread whose copies now hold the whole league's, like the
 * above.  A grid team is the only one of its league. */
HDL_API int32_t __kmpc_nvptx_teams_reduce_nowait_v2(
    const struct ident *loc, void *buffer, int32_t records, uint64_t bytes,
    void **list, shuffle_fn *shuffle, copy_fn *copy, record_fn *to_record,
    record_fn *into_record, record_fn *from_record, record_fn *reduce_record) {
  (void)loc, (void)buffer, (void)bytes;
  const struct hdl_league_reduction f = {
      shuffle, copy, to_record, into_record, from_record, reduce_record};
  return !hdl_in_league() || hdl_league_end_teams((uint32_t)records, list, &f);
}
HDL_API void *__kmpc_reduction_get_fixed_buffer(void) { return NULL; }

/* The shuffle outside leagues.  Not inlined: the compiler's function has one for
 * each word, and the runtime calls that function in several places. */
HDL_OUTLINE static uint32_t shuffle_word(uint32_t word, int16_t offset) {
  struct hdl_thread *t = hdl_self();
  if (t->team->kind == HDL_TEAM_LANES)
    return hdl_lanes_shuffle(t, word, offset);
  uint32_t at = t->record_at++;
  struct hdl_worker *w = t->worker;
  if (t->record && t->record != w->record)
    return t->record[at];
  if (at >= t->record_words) {
    uint32_t words = t->record_words ? 2 * t->record_words : 32;
    uint32_t *larger =
        hdl_arena(words * sizeof *larger, "the record of a reduction");
    for (uint32_t i = 0; i < at; i++)
      larger[i] = t->record[i];
    t->record = w->record = larger;
    t->record_words = w->record_words = words;
  }
  return t->record[at] = word;
}

HDL_API int32_t __kmpc_shuffle_int32(int32_t word, int16_t offset,
                                     int16_t width) {
  (void)width;
  if (hdl_in_league()) {
    uint32_t num, n = hdl_team_here(&num)->size;
    return (int32_t)hdl_league_shuffle((uint32_t)word, offset, n);
  }
  return (int32_t)shuffle_word((uint32_t)word, offset);
}
HDL_API int64_t __kmpc_shuffle_int64(int64_t word, int16_t offset,
                                     int16_t width) {
  uint32_t low = (uint32_t)__kmpc_shuffle_int32((int32_t)word, offset, width);
  uint32_t high = (uint32_t)__kmpc_shuffle_int32(
      (int32_t)((uint64_t)word >> 32), offset, width);
  return (int64_t)((uint64_t)high << 32 | low);
}
