/* reduce.c - reductions of a team (OpenMP 5.2, 5.5.5).
 *
 * The private copies are in local memory and only the function that clang
 * generates knows their types.  That function is made for lanes: it fetches
 * each word of a copy from another lane by __kmpc_shuffle_*, then combines.  We
 * supply the shuffle, so we decide where words come from and go:
 *   post     with arguments that make it combine nothing (odd lane, algorithm
 *            2), every word it asks for is a word of ours: we write them down;
 *   combine  with algorithm 0, we answer from what another thread wrote down.
 * That makes a tree over the members, with any type.  It follows the machine.
 * First thread 0 of each block combines what the others of its block post, in
 * shared memory and in the order of the block, which costs next to nothing.
 * Then blocks combine by groups of `fan`: the first of a group waits until all
 * others have posted, takes one fence, fetches all their words at once and
 * combines.  A level costs a release, two trips through the L2 and a fence, and
 * then the time of fan - 1 combinations: few levels, and each as narrow as that
 * number of levels allows, is the cheapest.  Everybody combines in the order of
 * thread numbers, so that floating-point results do not depend on the schedule.
 *
 * What a group posts lies in the mailbox of one node; nodes are numbered level
 * by level, and node j has the mailbox of worker j.
 *
 *   R1  Members number the reductions of a region that they meet; reduction r
 *       uses set r % HDL_REDUCTIONS of mailboxes and records.  A member posts
 *       each at most once, and nothing after that.
 *   R2  `posted` is the tag of the last reduction posted there: number of the
 *       region in its grid, and 1 + r.  It never comes again, so that nothing
 *       need be reset, not even when a region is cancelled in the middle.
 *   R3  A member begins reduction r only when all have finished their parts of
 *       those up to r - HDL_REDUCTIONS: nobody reads what it overwrites.  It
 *       knows from a barrier, or because all have come to a later one than
 *       that, which is what team->reduced counts.
 *   R4  The members that wait, each for those with larger numbers, form no
 *       cycle.
 * Pairings
 *   R5  posted, release -> polls and one acquire fence: the reader sees the
 *       record.  In a block both are cta.
 *   R6  R5 along the tree, the root's last fence and then its store of
 *       `reduced` -> poll and acquire fence: who sees that all have come to r
 *       comes after all they did in r - 1 (R3). */
#include "league.h"
#include "runtime.h"

/* How many of `blocks` blocks, or of their groups, make a group. */
uint32_t hdl_reduce_fan(uint32_t blocks) {
  uint32_t levels = 1, fan = 1;
  for (uint64_t reach = HDL_FAN; reach < blocks; reach *= HDL_FAN)
    levels++;
  for (uint64_t reach = 1; reach < blocks;) {
    reach = ++fan;
    for (uint32_t i = 1; i < levels; i++)
      reach *= fan;
  }
  return fan;
}

/* The first words of a record, `stride` apart, and where the rest is. */
struct record {
  uint32_t *near;
  uint32_t stride;
  struct hdl_record *far;
};

/* A reduction as one member meets it. */
struct reduction {
  void *list; /* of the member's copies */
  shuffle_fn *fn;
  const char *where;
  uint32_t set; /* R1 */
  uint64_t tag; /* R2 */
};

/* Write the caller's copies down in `to`. */
static void write_record(struct hdl_thread *t, const struct reduction *r,
                         struct record to) {
  t->shuffle = (struct hdl_shuffle){to.near, to.far, to.stride, 0, true};
  r->fn(r->list, 1, 0, 2);
}

/* Combine what is in `from` into the caller's copies. */
static void combine(struct hdl_thread *t, const struct reduction *r,
                    struct record from) {
  t->shuffle = (struct hdl_shuffle){from.near, from.far, from.stride, 0, false};
  r->fn(r->list, 0, 0, 0);
}

/* Number the reduction that the calling member begins (R1), once it may (R3).
 * False if the region has been cancelled: others may never come (C3). */
static bool begin(struct hdl_thread *t, uint32_t *number, const char *where) {
  struct hdl_worksharing *ws = &t->ws;
  if (t->generation != ws->reduced_at) { /* R3: a barrier since */
    ws->reduced_at = t->generation;
    ws->reduced = ws->reductions;
  }
  *number = ws->reductions++;
  if (*number - ws->reduced < HDL_REDUCTIONS)
    return true;
  struct hdl_backoff pause = {0};
  uint32_t come;
  while ((come = arch_load_rlx_gpu(&t->team->reduced)) < *number) {
    if (hdl_cancelled_region(t))
      return false;
    hdl_backoff(&pause, 128, "earlier reductions (nowait)", where);
  }
  arch_fence_acq_rel_gpu(); /* R6 */
  arch_progress();
  ws->reduced = come - 1;
  return true;
}

/* The part of a reduction within the caller's block.  True if the caller's
 * copies hold all of the block now. */
static bool reduce_block(struct hdl_thread *t, const struct reduction *r) {
  struct hdl_block *b = hdl_block();
  uint64_t *posted = b->posted[r->set];
  uint32_t *near = b->record[r->set][0];
  uint32_t me = t->id - b->first;
  if (me != 0) {
    write_record(t, r,
                 (struct record){near + me, HDL_BLOCK_WARPS,
                                 &t->worker->record[r->set]});
    arch_store_rel_cta(&posted[me], r->tag); /* R2, R5 */
    arch_progress();
    return false;
  }
  uint32_t members = hdl_block_members(b, t->team);
  for (uint32_t i = 1; i < members; i++) {
    struct hdl_backoff pause = {0};
    while (arch_load_rlx_cta(&posted[i]) != r->tag) {
      if (hdl_cancelled_region(t))
        return false; /* it may never post (C3) */
      hdl_backoff(&pause, 64, "reduction", r->where);
    }
    arch_fence_acq_rel_cta(); /* R5 */
    arch_progress();
    combine(t, r,
            (struct record){near + i, HDL_BLOCK_WARPS,
                            &t->worker[i].record[r->set]});
  }
  return true;
}

/* Bit per place of a mailbox where `tag` has been posted.  The loads travel
 * together. */
static uint32_t posted_in(const struct hdl_mailbox *mail, uint64_t tag) {
  uint64_t posted[HDL_FAN];
#pragma unroll
  for (uint32_t i = 0; i < HDL_FAN; i++)
    posted[i] = arch_load_rlx_gpu(&mail->posted[i]);
  uint32_t mask = 0;
#pragma unroll
  for (uint32_t i = 0; i < HDL_FAN; i++)
    mask |= (uint32_t)(posted[i] == tag) << i;
  return mask;
}

/* Fetch the first words of a group's records from `mail` to `near`, where they
 * lie alike: many loads travel together, and no more than there are registers
 * for. */
static void fetch(const struct hdl_mailbox *mail, uint32_t *near) {
  enum { WORDS = sizeof mail->record / 4, TOGETHER = 32 };
  const uint32_t *from = mail->record[0];
#pragma unroll 1
  for (uint32_t at = 0; at < WORDS; at += TOGETHER) {
    uint64_t two[TOGETHER / 2];
#pragma unroll
    for (uint32_t i = 0; i < TOGETHER; i += 2)
      two[i / 2] = arch_load_rlx_gpu((const uint64_t *)&from[at + i]);
#pragma unroll
    for (uint32_t i = 0; i < TOGETHER; i += 2) {
      near[at + i] = (uint32_t)two[i / 2];
      near[at + i + 1] = (uint32_t)(two[i / 2] >> 32);
    }
  }
}

/* Combine what the other `n` - 1 of a group post in `mail`; number i is posted
 * by the worker i * stride behind the caller's.  False if the region has been
 * cancelled. */
HDL_OUTLINE static bool collect(struct hdl_thread *t, const struct reduction *r,
                                struct hdl_mailbox *mail, uint32_t n,
                                uint32_t stride) {
  struct hdl_backoff pause = {0};
  uint32_t all = (1u << n) - 2;
  while ((posted_in(mail, r->tag) & all) != all) {
    if (hdl_cancelled_region(t))
      return false; /* it may never post (C3) */
    hdl_backoff(&pause, 64, "reduction", r->where);
  }
  arch_fence_acq_rel_gpu(); /* R5 */
  arch_progress();
  uint32_t near[HDL_RECORD_NEAR * HDL_FAN];
  fetch(mail, near);
  for (uint32_t i = 1; i < n; i++)
    combine(t, r,
            (struct record){near + i, HDL_FAN,
                            &t->worker[i * stride].record[r->set]});
  return true;
}

/* True to the member whose copies hold all of the team now. */
static bool reduce_grid(void *list, shuffle_fn *fn, const char *where) {
  struct hdl_thread *t = hdl_warp_thread(); /* lanes have other teams */
  struct hdl_team *team = t->team;
  uint32_t number;
  if (!begin(t, &number, where))
    return false;
  const struct reduction r = {
      .list = list,
      .fn = fn,
      .where = where,
      .set = number % HDL_REDUCTIONS,
      .tag = (uint64_t)team->region << 32 | (number + 1), /* R2 */
  };
  if (!reduce_block(t, &r))
    return false;
  const struct hdl_block *b = hdl_block();
  uint32_t fan = team->fan, me = b->first / b->warps, stride = b->warps;
  struct hdl_worker *node = t->grid->worker;
  for (uint32_t n = team->counted; n > 1; n = (n + fan - 1) / fan) {
    uint32_t place = me % fan, group = me - place;
    struct hdl_mailbox *mail = &node[me / fan].mail[r.set];
    if (place != 0) {
      write_record(t, &r,
                   (struct record){mail->record[0] + place, HDL_FAN,
                                   &t->worker->record[r.set]});
      arch_store_rel_gpu(&mail->posted[place], r.tag); /* R2, R5 */
      arch_progress();
      return false;
    }
    if (!collect(t, &r, mail, n - group < fan ? n - group : fan, stride))
      return false;
    node += (n + fan - 1) / fan;
    me /= fan;
    stride *= fan;
  }
  arch_fence_acq_rel_cta(); /* R6, if the team is in one block */
  arch_store_rlx_gpu(&team->reduced, number + 1);
  arch_progress();
  return true;
}

/* Returns 1 to the thread whose copies now hold the whole team's, which then
 * combines them with the originals; 0 to the others. */
HDL_API int32_t __kmpc_nvptx_parallel_reduce_nowait_v2(
    const struct ident *loc, uint64_t bytes, void *list, shuffle_fn *shuffle,
    copy_fn *inter_warp_copy) {
  (void)bytes;
  uint32_t num;
  const struct hdl_team *team = hdl_team_here(&num);
  if (team->size == 1)
    return 1;
  if (hdl_in_league())
    return hdl_league_reduce(num, team->size, list, shuffle, inter_warp_copy);
  if (team->kind == HDL_TEAM_LANES)
    return hdl_lanes_reduce(team, num, list, shuffle);
  return reduce_grid(list, shuffle, ident_where(loc));
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

/* Room in `far` for word number `at`. */
HDL_OUTLINE static void enlarge(struct hdl_record *far, uint32_t at) {
  uint32_t words = far->words ? 2 * far->words : 32;
  uint32_t *larger =
      hdl_arena(words * sizeof *larger, "the record of a reduction");
  for (uint32_t i = 0; i < at; i++)
    larger[i] = far->word[i];
  far->word = larger;
  far->words = words;
}

static uint32_t shuffle_league(uint32_t word, int16_t offset) {
  uint32_t num, n = hdl_team_here(&num)->size;
  return hdl_league_shuffle(word, offset, n);
}

/* The shuffle where it is not just a word that lies near. */
HDL_OUTLINE static uint32_t shuffle_other(uint32_t word, int16_t offset) {
  if (hdl_in_league())
    return shuffle_league(word, offset);
  if (!hdl_is_whole()) {
    uint32_t num;
    const struct hdl_team *team = hdl_team_here(&num);
    return hdl_lanes_shuffle(team, num, word, offset);
  }
  struct hdl_shuffle *s = &hdl_warp_thread()->shuffle;
  uint32_t at = s->at++, *place;
  if (at < HDL_RECORD_NEAR) {
    place = &s->near[at * s->stride];
  } else {
    at -= HDL_RECORD_NEAR;
    if (s->writes && at == s->far->words)
      enlarge(s->far, at);
    place = &s->far->word[at];
  }
  if (s->writes)
    *place = word;
  return *place;
}

/* Inlined into the compiler's function, which has one for each word and is what
 * a reduction spends its time in. */
static inline uint32_t shuffle_word(uint32_t word, int16_t offset) {
  struct hdl_shuffle *s = &hdl_warp_thread()->shuffle;
  if (!hdl_is_whole_here() || s->writes || s->at >= HDL_RECORD_NEAR)
    return shuffle_other(word, offset);
  return s->near[s->at++ * s->stride];
}

HDL_INLINE_API int32_t __kmpc_shuffle_int32(int32_t word, int16_t offset,
                                            int16_t width) {
  (void)width;
  return (int32_t)shuffle_word((uint32_t)word, offset);
}
HDL_INLINE_API int64_t __kmpc_shuffle_int64(int64_t word, int16_t offset,
                                            int16_t width) {
  (void)width;
  uint32_t low = shuffle_word((uint32_t)word, offset);
  uint32_t high = shuffle_word((uint32_t)((uint64_t)word >> 32), offset);
  return (int64_t)((uint64_t)high << 32 | low);
}
