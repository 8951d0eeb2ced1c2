/* loop.c - worksharing loops and sections (OpenMP 5.2, 11.5, 11.3).
 *
 * A thread takes chunks by number, and what is in chunk number k follows from k
 * alone.  With a static schedule its numbers are its own.  With the others it
 * draws them from a counter that the team shares, by one addition each, in one
 * of HDL_LOOPS slots, so that with `nowait` members may be in different loops.
 * Ordered and doacross loops have a slot for the same reason, whatever their
 * schedule.
 *
 *   O1  A slot serves loop number `turn`; members number the loops they meet.
 *   O2  `left` counts members that are through; the last one resets the slot
 *       and releases it to loop turn + HDL_LOOPS.
 *   O3  release of turn -> acquire of turn: the slot has been reset.
 *   O4  left, acq_rel by each member: the last one comes after all uses. */
#include "league.h"
#include "runtime.h"
#include "staticloop.h"

LOOP_TYPES(STATIC_INIT)

/* The thread meets a loop or sections: `cancel` numbers them. */
static inline void count_loop(void) {
  if (!hdl_is_unmade() || hdl_cancellation())
    hdl_self()->ws.all++;
}

#define STATIC_API(suffix, T, S, U)                                            \
  HDL_API void __kmpc_for_static_init_##suffix(                                \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid;                                                     \
    uint32_t num;                                                              \
    uint32_t n = hdl_place_here(&num);                                         \
    count_loop();                                                              \
    static_init_##suffix(num, n,                                               \
                         (sched & ~SCHED_MODIFIERS) == SCHED_STATIC_CHUNKED,   \
                         last, lower, upper, stride, incr, chunk);             \
  }                                                                            \
  /* A grid team is a league of one: it gets all iterations. */                \
  HDL_API void __kmpc_distribute_static_init_##suffix(                         \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid;                                                     \
    bool league = hdl_in_league();                                             \
    static_init_##suffix(league ? arch_block() : 0,                            \
                         league ? arch_blocks() : 1,                           \
                         league && sched == SCHED_DISTRIBUTE_CHUNKED, last,    \
                         lower, upper, stride, incr, chunk);                   \
  }
LOOP_TYPES(STATIC_API)

HDL_API void __kmpc_for_static_fini(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
}
HDL_API void __kmpc_distribute_static_fini(const struct ident *loc,
                                           int32_t gtid) {
  (void)loc, (void)gtid;
}

/* The slot of a loop that the team shares, when its turn has come; NULL if the
 * region has been cancelled.  All members meet these loops in the same order.
 */
HDL_OUTLINE struct hdl_loop *hdl_loop_enter(struct hdl_thread *t,
                                            const struct ident *loc) {
  uint32_t mine = t->ws.loops++;
  struct hdl_loop *loop = &t->team->loop[mine % HDL_LOOPS];
  struct hdl_backoff pause = {0};
  while (arch_load_rlx_gpu(&loop->turn) != mine) { /* O1 */
    if (hdl_cancelled_region(t))
      return NULL; /* others may never come (C3) */
    hdl_backoff(&pause, 256, "earlier loops (nowait)", ident_where(loc));
  }
  arch_fence_acq_rel_gpu(); /* O3 */
  return loop;
}

/* The calling thread is through with the loop of that slot. */
void hdl_loop_leave(struct hdl_thread *t, struct hdl_loop *loop) {
  if (arch_add_acq_rel_gpu(&loop->left, 1) + 1 != t->team->size) /* O4 */
    return;
  uint32_t turn = arch_load_rlx_gpu(&loop->turn);
  hdl_doacross_free(loop);
  arch_store_rlx_gpu(&loop->next, (uint64_t)0);
  arch_store_rlx_gpu(&loop->ordered, (uint64_t)0);
  arch_store_rlx_gpu(&loop->left, (uint32_t)0);
  arch_store_rel_gpu(&loop->turn, turn + HDL_LOOPS); /* O2, O3 */
  arch_progress();
}

static bool is_static(uint32_t sched) {
  return sched == SCHED_STATIC || sched == SCHED_STATIC_CHUNKED;
}

/* Chunks from `number` on, which begins at iteration `at`, have one size.  In a
 * guided loop that is the 2n-th part of what is left, and holds for n chunks,
 * so that the next round has half.  Once the chunk size is as large, and with
 * any other schedule from the start, the round goes on to the loop's end.
 * Nothing overflows: n * size is at most half of what is left. */
static void begin_round(struct hdl_worksharing *ws, uint64_t number,
                        uint64_t at, uint64_t n) {
  uint64_t part = ws->sched == SCHED_GUIDED ? (ws->trip - at) / (2 * n) : 0;
  ws->round = number;
  ws->round_at = at;
  ws->size = part > ws->chunk ? part : ws->chunk;
}

/* Enter a loop of `trip` iterations that are handed out. */
static void dispatch_init(const struct ident *loc, int32_t sched, uint64_t trip,
                          uint64_t lower, int64_t stride, int64_t chunk) {
  struct hdl_thread *t = hdl_self();
  struct hdl_worksharing *ws = &t->ws;
  ws->all++;
  uint32_t kind = (uint32_t)sched & ~(uint32_t)SCHED_MODIFIERS;
  bool ordered = kind >= SCHED_ORDERED_FIRST && kind <= SCHED_ORDERED_LAST;
  if (ordered)
    kind -= SCHED_ORDERED;
  if (kind == SCHED_RUNTIME) {
    static const uint8_t by_icv[] = {0, SCHED_STATIC, SCHED_DYNAMIC,
                                     SCHED_GUIDED, SCHED_AUTO};
    kind = by_icv[t->task->icv.sched];
    chunk = t->task->icv.chunk;
    if (kind == SCHED_STATIC && chunk > 0)
      kind = SCHED_STATIC_CHUNKED;
  }
  if (kind == SCHED_AUTO)
    kind = SCHED_STATIC;
  uint32_t n = t->team->size;
  ws->within = true;
  ws->sched = (uint8_t)kind;
  ws->trip = trip;
  ws->lower = lower;
  ws->stride = stride;
  ws->chunk = chunk < 1 ? 1 : (uint64_t)chunk;
  if (kind == SCHED_STATIC)
    ws->chunk = (trip + n - 1) / n + (trip == 0);
  ws->number = t->num;
  ws->slot = 0;
  if (n > 1 && (ordered || !is_static(kind))) {
    struct hdl_loop *loop = hdl_loop_enter(t, loc);
    if (loop)
      ws->slot = (uint8_t)(1 + (loop - t->team->loop));
    else
      ws->trip = 0; /* the region has been cancelled */
  }
  ws->ordered = ordered && ws->slot;
  begin_round(ws, 0, 0, n);
}

/* The iterations of chunk `number`, which is none before the last one asked
 * for: [*first, *first + *count).  False if the loop has no such chunk. */
static bool chunk_at(struct hdl_worksharing *ws, uint64_t number, uint64_t n,
                     uint64_t *first, uint64_t *count) {
  while (ws->size > ws->chunk && number - ws->round >= n)
    begin_round(ws, ws->round + n, ws->round_at + n * ws->size, n);
  uint64_t rest = ws->trip - ws->round_at, at;
  if (__builtin_mul_overflow(number - ws->round, ws->size, &at) || at >= rest)
    return false;
  *first = ws->round_at + at;
  *count = ws->size < rest - at ? ws->size : rest - at;
  return true;
}

/* The next chunk of the calling thread: [*first, *first + *count).  False when
 * there is none. */
static bool dispatch_next(const struct ident *loc, uint64_t *first,
                          uint64_t *count) {
  struct hdl_thread *t = hdl_self();
  struct hdl_worksharing *ws = &t->ws;
  uint64_t n = t->team->size, number;
  if (ws->ordered)
    hdl_ordered_chunk_done(t, loc);
  if (!ws->slot || is_static(ws->sched)) { /* alone, or its own share */
    number = ws->number;
    ws->number += n;
  } else { /* beyond the end each thread comes once: cheaper than a look */
    number = arch_add_rlx_gpu(&hdl_loop_here(t)->next, (uint64_t)1);
  }
  if (!chunk_at(ws, number, n, first, count))
    return false;
  if (ws->ordered)
    hdl_ordered_chunk(ws, *first, *count);
  return true;
}

/* The thread is through with the loop it is in, if others share that. */
void hdl_loop_end(struct hdl_thread *t) {
  struct hdl_loop *loop = hdl_loop_here(t);
  t->ws.slot = 0;
  t->ws.within = false;
  if (loop)
    hdl_loop_leave(t, loop);
}

HDL_API void __kmpc_dispatch_deinit(const struct ident *loc, int32_t gtid) {
  (void)loc, (void)gtid;
  hdl_loop_end(hdl_self());
}

#define DISPATCH_API(suffix, T, S, U)                                          \
  HDL_API void __kmpc_dispatch_init_##suffix(                                  \
      const struct ident *loc, int32_t gtid, int32_t sched, T lower, T upper,  \
      S stride, S chunk) {                                                     \
    (void)gtid;                                                                \
    dispatch_init(loc, sched, TRIP(U, lower, upper, stride), (uint64_t)lower,  \
                  stride, chunk);                                              \
  }                                                                            \
  HDL_API int32_t __kmpc_dispatch_next_##suffix(                               \
      const struct ident *loc, int32_t gtid, int32_t *last, T *lower,          \
      T *upper, S *stride) {                                                   \
    (void)gtid;                                                                \
    uint64_t first, count;                                                     \
    if (!dispatch_next(loc, &first, &count))                                   \
      return 0;                                                                \
    struct hdl_worksharing *ws = &hdl_self()->ws;                              \
    uint64_t by = (uint64_t)ws->stride;                                        \
    *lower = (T)(ws->lower + first * by);                                      \
    *upper = (T)(ws->lower + (first + count - 1) * by);                        \
    if (stride)                                                                \
      *stride = (S)ws->stride;                                                 \
    if (last)                                                                  \
      *last = first + count == ws->trip;                                       \
    return 1;                                                                  \
  }                                                                            \
  HDL_API void __kmpc_dispatch_fini_##suffix(const struct ident *loc,          \
                                             int32_t gtid) {                   \
    (void)loc, (void)gtid; /* once per iteration of an ordered loop */         \
    hdl_ordered_iteration_done(hdl_self());                                    \
  }
LOOP_TYPES(DISPATCH_API)
