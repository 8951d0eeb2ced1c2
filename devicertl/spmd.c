/* spmd.c - the runtime of parallel regions that are all of a league's kernel.
 *
 * The compiler pass (plugin/league.cpp) recognises SPMD kernels of leagues in
 * which all threads of each team run one parallel region, or one after the
 * other, and nothing else: `target teams distribute parallel for` and its kin.
 * It calls the region directly, and in it the functions below in place of those
 * that must ask where they are.  Each is inlined, and together with the region
 * becomes what one would write by hand.
 *
 * What the region calls beyond them, in functions of its own, asks; so the team
 * begins in the mode HDL_MODE_REGION.  If nothing asks, the kernel is `bare`:
 * it has no team in shared memory. */
#include "league.h"
#include "staticloop.h"

#define HDL_INLINE HDL_API __attribute__((always_inline))

LOOP_TYPES(STATIC_INIT)

HDL_INLINE int32_t __heddle_league_begin(const struct kernel_environment *env,
                                         void *launch) {
  (void)env;
  hdl_league_begin(true, HDL_MODE_REGION, launch);
  return KERNEL_USER_CODE;
}
HDL_INLINE void __heddle_league_end(void) { hdl_league_leave_warp(); }

/* `launch` is NULL if the kernel does not reduce over teams.  Thread 0 alone
 * needs it before the next barrier. */
HDL_INLINE int32_t
__heddle_league_begin_bare(const struct kernel_environment *env, void *launch) {
  (void)env;
  if (launch && arch_tid() == 0)
    hdl_league_launch()->launch = launch;
  return KERNEL_USER_CODE;
}

HDL_INLINE int32_t __heddle_league_thread_num(void) {
  return (int32_t)arch_tid();
}
HDL_INLINE int32_t __heddle_league_num_threads(void) {
  return (int32_t)arch_ntid();
}
HDL_INLINE int32_t __heddle_league_team_num(void) {
  return (int32_t)arch_block();
}
HDL_INLINE int32_t __heddle_league_num_teams(void) {
  return (int32_t)arch_blocks();
}
HDL_INLINE void __heddle_league_barrier(void) { arch_block_sync(); }

#define SPMD_LOOPS(suffix, T, S, U)                                            \
  HDL_INLINE void __heddle_league_for_static_init_##suffix(                    \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid;                                                     \
    static_init_##suffix(arch_tid(), arch_ntid(),                              \
                         (sched & ~SCHED_MODIFIERS) == SCHED_STATIC_CHUNKED,   \
                         last, lower, upper, stride, incr, chunk);             \
  }                                                                            \
  HDL_INLINE void __heddle_league_distribute_static_init_##suffix(             \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid;                                                     \
    static_init_##suffix(arch_block(), arch_blocks(),                          \
                         sched == SCHED_DISTRIBUTE_CHUNKED, last, lower,       \
                         upper, stride, incr, chunk);                          \
  }
LOOP_TYPES(SPMD_LOOPS)

/* Where distribute and for are one loop (plugin/leagueloop.cpp): a team has one
 * chunk, which begins with its first iteration and reaches to the loop's end, and
 * in it each thread goes on by as many iterations as the league has threads.  The
 * bounds are normalised: `incr` is 1. */
#define JOINED_LOOPS(suffix, T, S, U)                                          \
  HDL_INLINE void __heddle_league_distribute_joined_##suffix(                  \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid, (void)sched, (void)incr, (void)chunk;               \
    U trip = TRIP(U, *lower, *upper, 1);                                       \
    uint64_t first = (uint64_t)arch_block() * arch_ntid();                     \
    *last = trip && (trip - 1) / arch_ntid() % arch_blocks() == arch_block();  \
    *lower = (T)((U) * lower + (first < trip ? (U)first : trip));              \
    *stride = (S)trip;                                                         \
  }                                                                            \
  HDL_INLINE void __heddle_league_for_joined_##suffix(                         \
      const struct ident *loc, int32_t gtid, int32_t sched, int32_t *last,     \
      T *lower, T *upper, S *stride, S incr, S chunk) {                        \
    (void)loc, (void)gtid, (void)sched, (void)incr, (void)chunk;               \
    U left = (U) * upper - (U) * lower, mine = arch_tid();                     \
    uint64_t all = (uint64_t)arch_blocks() * arch_ntid();                      \
    *last = mine <= left && (left - mine) % all == 0;                          \
    *lower = (T)((U) * lower + mine);                                          \
    *upper = *lower;                                                           \
    *stride = (S)all;                                                          \
  }
LOOP_TYPES(JOINED_LOOPS)

HDL_INLINE int32_t __heddle_league_shuffle_int32(int32_t word, int16_t offset,
                                                 int16_t width) {
  (void)width;
  return (int32_t)hdl_league_shuffle((uint32_t)word, offset, arch_ntid());
}
HDL_INLINE int64_t __heddle_league_shuffle_int64(int64_t word, int16_t offset,
                                                 int16_t width) {
  uint32_t low =
      (uint32_t)__heddle_league_shuffle_int32((int32_t)word, offset, width);
  uint32_t high = (uint32_t)__heddle_league_shuffle_int32(
      (int32_t)((uint64_t)word >> 32), offset, width);
  return (int64_t)((uint64_t)high << 32 | low);
}

HDL_INLINE int32_t __heddle_league_reduce(const struct ident *loc,
                                          uint64_t bytes, void *list,
                                          shuffle_fn *shuffle, copy_fn *copy) {
  (void)loc, (void)bytes;
  return hdl_league_reduce(arch_tid(), arch_ntid(), list, shuffle, copy);
}

HDL_INLINE int32_t __heddle_league_reduce_teams(
    const struct ident *loc, void *buffer, int32_t records, uint64_t bytes,
    void **list, shuffle_fn *shuffle, copy_fn *copy, record_fn *to_record,
    record_fn *into_record, record_fn *from_record, record_fn *reduce_record) {
  (void)loc, (void)buffer, (void)bytes;
  const struct hdl_league_reduction f = {
      shuffle, copy, to_record, into_record, from_record, reduce_record};
  return hdl_league_reduce_teams(true, (uint32_t)records, list, &f);
}

/* A variable of the team that is too large for shared memory.  All lanes of an
 * SPMD kernel call it; the memory is thread 0's. */
HDL_API void *__heddle_league_variable(uint64_t bytes) {
  struct hdl_league *l = hdl_league();
  if (arch_tid() == 0)
    l->variable = hdl_stack_push(hdl_self(), bytes);
  arch_block_sync();
  void *p = l->variable;
  arch_block_sync();
  return p;
}
