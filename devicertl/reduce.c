/* reduce.c - reductions of a team (OpenMP 5.2, 5.5.5).
 *
 * The private copies are in local memory and only the function that clang
 * generates knows their types.  That function is made for lanes; our pass makes
 * two of it (plugin/combine.cpp), one that writes down the words of the caller's
 * copies, a record, and one that combines records with them.
 *
 * The members form a tree that follows the machine.  First the threads of a block
 * combine what they post in shared memory, by groups of HDL_NEAR_FAN, and thread 0
 * of the block combines the groups' results.  Then blocks combine by groups of
 * `fan`: the first of a group waits until all others have posted, fetches all their
 * words at once and combines.  A level costs a trip to the L2 and one back, and then
 * the time of fan - 1 combinations: few levels, and each as narrow as that number of
 * levels allows, is the cheapest.  Everybody combines in the order of thread numbers,
 * so that floating-point results do not depend on the schedule.
 *
 * What a group posts lies in the mailbox of one node; nodes are numbered level
 * by level, and node j has the mailbox of worker j.  A mailbox has room for
 * records of HDL_RECORD_NEAR words, each beside its tag: who sees the tag has the
 * word, and no fence is needed.  A longer record lies with its thread, and its
 * tag is posted when it is there.
 *
 *   R1  Members number the reductions of a region that they meet; reduction r
 *       uses set r % HDL_REDUCTIONS of mailboxes and records.  A member posts
 *       each at most once, and nothing after that.
 *   R2  A tag is 1 + the number of reductions begun before in the grid, those of
 *       earlier regions and, while there are fewer than ARCH_TAGS, launches.  So
 *       nothing need be reset: it comes again after 2^32 reductions of one
 *       launch, if nobody has posted anything there in those hours.  Where a
 *       region is cancelled a member may have begun HDL_REDUCTIONS more than the
 *       primary thread, by R3, and no more than those: a barrier that may have
 *       counted members that had left lets it begin none (C4).
 *   R3  A member begins reduction r only when all have finished their parts of
 *       those up to r - HDL_REDUCTIONS: nobody reads what it overwrites.  It
 *       knows from a barrier, or because all have come to a later one than
 *       that, which is what team->reduced counts.
 *   R4  The members that wait, each for those with larger numbers, form no
 *       cycle.
 * Pairings
 *   R5  tag alone, release -> polls and one acquire fence: the reader sees the
 *       record.  In a block both are cta.
 *   R6  Words with tags are relaxed.  A member posts after it has used the words
 *       it read (it branched on their tags), and so do those above it, up to the
 *       root and its store of `reduced`; so who reads that and then overwrites
 *       (R3) cannot be ahead of one of those reads.  Long records are ordered by
 *       R5 along the tree, and the root's fence, acquired through `reduced`. */
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

/* A reduction as one member meets it. */
struct reduction {
  void *list; /* of the member's copies */
  write_fn *write;
  combine_fn *combine;
  uint32_t words; /* of a record; at most, if it is long */
  uint32_t set;   /* R1 */
  uint32_t tag;   /* R2 */
  const char *where;
};

static inline bool is_long(const struct reduction *r) {
  return r->words > HDL_RECORD_NEAR;
}

/* Number the reduction that the calling member begins (R1), once it may (R3).
 * False if the region has been cancelled: others may never come (C3). */
static bool begin(struct hdl_thread *t, uint32_t *number, const char *where) {
  struct hdl_worksharing *ws = &t->ws;
  if (t->generation != ws->reduced_at) { /* R3: a barrier since */
    if (hdl_cancelled_region(t))
      return false; /* which may have counted those who have left (C4) */
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

/* Write down a long record, beside its thread. */
HDL_OUTLINE static void write_long(struct hdl_thread *t,
                                   const struct reduction *r) {
  struct hdl_record *record = &t->worker->record[r->set];
  if (record->words < r->words) { /* the smaller one stays in the arena */
    record->word =
        hdl_arena(r->words * sizeof *record->word, "the record of a reduction");
    record->words = r->words;
  }
  r->write(r->list, record->word);
}

/* Combine what `n` threads of the caller's block post, of which the first is warp
 * `first` and each next one `step` further.  False if the region has been
 * cancelled. */
HDL_OUTLINE static bool collect_near(struct hdl_thread *t,
                                     const struct reduction *r, uint32_t first,
                                     uint32_t step, uint32_t n) {
  struct hdl_warp_state *warp = &hdl_warps()[first];
  for (uint32_t i = 0; i < n; i++) {
    struct hdl_backoff pause = {0};
    while (arch_load_rlx_cta(&warp[i * step].posted[r->set]) != r->tag) {
      if (hdl_cancelled_region(t))
        return false; /* it may never post (C3) */
      hdl_backoff(&pause, 64, "reduction", r->where);
    }
  }
  arch_fence_acq_rel_cta(); /* R5 */
  arch_progress();
  if (!is_long(r))
    r->combine(r->list, warp->record[r->set], n,
               step * (uint32_t)(sizeof *warp / sizeof(uint32_t)));
  else
    for (uint32_t i = 0; i < n; i++)
      r->combine(r->list, warp[i * step].thread.worker->record[r->set].word, 1,
                 0);
  return true;
}

/* The part of a reduction within the caller's block.  True if the caller's
 * copies hold all of the block now. */
static bool reduce_block(struct hdl_thread *t, const struct reduction *r) {
  uint32_t me = t->id - hdl_block()->first, members = t->members;
  if (me % HDL_NEAR_FAN == 0) {
    uint32_t rest = members - me;
    uint32_t others = (rest < HDL_NEAR_FAN ? rest : HDL_NEAR_FAN) - 1;
    if (others && !collect_near(t, r, me + 1, 1, others))
      return false;
  }
  if (me == 0)
    return members <= HDL_NEAR_FAN ||
           collect_near(t, r, HDL_NEAR_FAN, HDL_NEAR_FAN,
                        (members - 1) / HDL_NEAR_FAN);
  struct hdl_warp_state *own = hdl_warp_state();
  if (is_long(r))
    write_long(t, r);
  else
    r->write(r->list, own->record[r->set]);
  arch_store_rel_cta(&own->posted[r->set], r->tag); /* R2, R5 */
  arch_progress();
  return false;
}

enum { OTHERS = HDL_FAN - 1 };

/* Fetch the first `words` rows of `mail`, each with loads that travel together.
 * False as soon as one lacks the tag at a place of which `all` has the bit.
 * Apart, so that its registers are its own. */
HDL_OUTLINE static bool fetch(const struct hdl_mailbox *mail, uint32_t words,
                              uint32_t all, uint32_t tag,
                              uint32_t (*record)[HDL_RECORD_NEAR]) {
#pragma unroll 1
  for (uint32_t at = 0; at < words; at++) {
    uint64_t got[OTHERS];
#pragma unroll
    for (uint32_t i = 0; i < OTHERS; i++)
      got[i] = arch_load_rlx_gpu(&mail->word[at][i]);
    uint32_t posted = 0;
#pragma unroll
    for (uint32_t i = 0; i < OTHERS; i++) {
      posted |= (uint32_t)((uint32_t)(got[i] >> 32) == tag) << i;
      record[i][at] = (uint32_t)got[i];
    }
    if (all & ~posted)
      return false;
  }
  return true;
}

/* Combine what the `n` others of a group post in `mail`; the one at place i is
 * the worker (i + 1) * stride behind the caller's.  False if the region has been
 * cancelled. */
HDL_OUTLINE static bool collect(struct hdl_thread *t, const struct reduction *r,
                                const struct hdl_mailbox *mail, uint32_t n,
                                uint32_t stride) {
  uint32_t record[OTHERS][HDL_RECORD_NEAR];
  uint32_t words = is_long(r) ? 1 : r->words, all = (1u << n) - 1;
  struct hdl_backoff pause = {0};
  while (!fetch(mail, words, all, r->tag, record)) {
    if (hdl_cancelled_region(t))
      return false; /* it may never post (C3) */
    hdl_backoff(&pause, 64, "reduction", r->where);
  }
  arch_progress();
  if (!is_long(r)) {
    r->combine(r->list, record[0], n, HDL_RECORD_NEAR);
  } else {
    arch_fence_acq_rel_gpu(); /* R5 */
    for (uint32_t i = 1; i <= n; i++)
      r->combine(r->list, t->worker[i * stride].record[r->set].word, 1, 0);
    arch_fence_acq_rel_gpu(); /* R6: the next reduction may be a short one */
  }
  return true;
}

/* Post the caller's copies at `place` of `mail`. */
HDL_OUTLINE static void post(struct hdl_thread *t, const struct reduction *r,
                             struct hdl_mailbox *mail, uint32_t place) {
  uint64_t tag = (uint64_t)r->tag << 32; /* R2 */
  if (is_long(r)) {
    write_long(t, r);
    arch_store_rel_gpu(&mail->word[0][place], tag); /* R5 */
  } else {
    uint32_t record[HDL_RECORD_NEAR];
    r->write(r->list, record);
    for (uint32_t i = 0; i < r->words; i++)
      arch_store_rlx_gpu(&mail->word[i][place], tag | record[i]); /* R6 */
  }
  arch_progress();
}

/* True to the member whose copies hold all of the team now. */
static inline bool reduce_grid(struct reduction *r) {
  struct hdl_thread *t = hdl_warp_thread(); /* lanes have other teams */
  struct hdl_team *team = t->team;
  uint32_t number;
  if (!begin(t, &number, r->where))
    return false;
  r->set = number % HDL_REDUCTIONS;
  r->tag = team->tag + number + 1;
  if (!reduce_block(t, r))
    return false;
  const struct hdl_block *b = hdl_block();
  uint32_t fan = team->fan, me = b->first / b->warps, stride = b->warps;
  struct hdl_worker *node = t->grid->worker;
  for (uint32_t n = team->counted; n > 1; n = (n + fan - 1) / fan) {
    uint32_t place = me % fan, group = me - place;
    struct hdl_mailbox *mail = &node[me / fan].mail[r->set];
    if (place != 0) {
      post(t, r, mail, place - 1);
      return false;
    }
    uint32_t others = (n - group < fan ? n - group : fan) - 1;
    if (others > 0 && !collect(t, r, mail, others, stride))
      return false;
    node += (n + fan - 1) / fan;
    me /= fan;
    stride *= fan;
  }
  if (is_long(r))
    arch_fence_acq_rel_gpu(); /* R6 */
  arch_store_rlx_gpu(&team->reduced, number + 1);
  arch_progress();
  return true;
}

/* The next one, where the team is the grid's ... */
HDL_OUTLINE static bool in_grid(const struct ident *loc, void *list,
                                write_fn *write, combine_fn *combine,
                                uint32_t words) {
  if (!write)
    hdl_fault(HDL_FAULT_UNSUPPORTED,
              "a reduction of a parallel region, in a program built without "
              "heddle.cfg",
              ident_where(loc), 0, 0);
  struct reduction r = {.list = list,
                        .write = write,
                        .combine = combine,
                        .words = words,
                        .where = ident_where(loc)};
  return reduce_grid(&r);
}

/* ... and where it is a block of a league. */
HDL_OUTLINE static bool in_league(uint32_t num, uint32_t n, void *list,
                                  shuffle_fn *shuffle, copy_fn *copy) {
  return hdl_league_reduce(num, n, list, shuffle, copy);
}

/* What clang 22 calls, and what our pass lets the program call instead: both
 * return 1 to the thread whose copies now hold the whole team's, which then
 * combines them with the originals; 0 to the others. */
HDL_API int32_t __heddle_reduce(const struct ident *loc, void *list,
                                shuffle_fn *shuffle, copy_fn *copy,
                                write_fn *write, combine_fn *combine,
                                uint32_t words) {
  uint32_t num;
  uint32_t n = hdl_place_here(&num);
  if (n == 1)
    return 1;
  if (hdl_in_league())
    return in_league(num, n, list, shuffle, copy);
  if (!hdl_is_whole())
    return hdl_lanes_reduce(num, list, shuffle);
  return in_grid(loc, list, write, combine, words);
}
HDL_API int32_t __kmpc_nvptx_parallel_reduce_nowait_v2(
    const struct ident *loc, uint64_t bytes, void *list, shuffle_fn *shuffle,
    copy_fn *inter_warp_copy) {
  (void)bytes;
  return __heddle_reduce(loc, list, shuffle, inter_warp_copy, NULL, NULL, 0);
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

/* The word of another thread, for reductions of lanes. */
static uint32_t shuffle_word(uint32_t word, int16_t offset) {
  uint32_t num;
  return hdl_in_league()
             ? hdl_league_shuffle(word, offset, hdl_team_here(&num)->size)
             : hdl_lanes_shuffle(word, offset);
}

HDL_API int32_t __kmpc_shuffle_int32(int32_t word, int16_t offset,
                                     int16_t width) {
  (void)width;
  return (int32_t)shuffle_word((uint32_t)word, offset);
}
HDL_API int64_t __kmpc_shuffle_int64(int64_t word, int16_t offset,
                                     int16_t width) {
  (void)width;
  uint32_t low = shuffle_word((uint32_t)word, offset);
  uint32_t high = shuffle_word((uint32_t)((uint64_t)word >> 32), offset);
  return (int64_t)((uint64_t)high << 32 | low);
}
