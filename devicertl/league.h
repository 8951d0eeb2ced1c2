/* league.h - leagues: each team is a block, and in its parallel region the
 * block's lanes are the threads.  See league.c. */
#ifndef HDL_LEAGUE_H
#define HDL_LEAGUE_H

#include "runtime.h"

enum {
  HDL_LEAGUE_STACK = 1 << 10, /* bytes of the initial thread's variables in
                                 shared memory */
};

/* What lanes do that have passed the barrier at which they sleep. */
enum hdl_league_command {
  HDL_LEAGUE_REGION = 1, /* take part in the region */
  HDL_LEAGUE_HELP,       /* lane 0 of each warp: run tasks */
  HDL_LEAGUE_END,        /* leave */
};

/* A team, in shared memory. */
struct hdl_league {
  struct hdl_grid grid; /* initial team, region; workers if it has tasks */
  uint32_t spmd;        /* all lanes execute what the initial thread does */
  uint32_t command;     /* enum hdl_league_command */
  /* The barrier of a team that is not the whole block; leaguesync.c. */
  uint32_t arrived; /* warps; atomic */
  uint32_t phase;   /* barriers that are over; atomic */
  void *variable;   /* on its way from thread 0 to the others */
  uint64_t top;     /* bytes of `stack` in use */
  _Alignas(16) char stack[HDL_LEAGUE_STACK];
};

extern HDL_BLOCK_LOCAL struct hdl_league hdl_league_here;

/* What a team needs to take part in a reduction over teams; apart, because many
 * kernels need nothing else. */
struct hdl_league_launch {
  struct kernel_launch *launch;
  uint32_t is_last; /* 1 in the team that ends the reduction */
};
extern HDL_BLOCK_LOCAL struct hdl_league_launch hdl_league_launch_here;

static inline struct hdl_league_launch *hdl_league_launch(void) {
  return (struct hdl_league_launch *)&hdl_league_launch_here;
}

static inline struct hdl_league *hdl_league(void) {
  return (struct hdl_league *)&hdl_league_here;
}

static inline bool hdl_in_league(void) {
  return hdl_block()->mode != HDL_MODE_GRID;
}

/* In block->lanes as long as the warp has no memory for threads. */
#define HDL_LANES_LATER ((struct hdl_lane *)1)

/* Whether the calling lane is a thread without a state of its own, in a region
 * on the lanes of a warp or in a league.  As long as that is so, what it is
 * follows from its place. */
static inline bool hdl_is_unmade(void) {
  return !(hdl_block()->made[arch_tid() / ARCH_LANES] >> arch_lane() & 1);
}

/* The team of the calling thread, and its number there. */
static inline const struct hdl_team *hdl_team_here(uint32_t *num) {
  if (hdl_is_whole()) {
    *num = hdl_warp_thread()->num;
    return hdl_warp_thread()->team;
  }
  if (!hdl_is_unmade()) {
    const struct hdl_thread *t = hdl_self();
    *num = t->num;
    return t->team;
  }
  if (!hdl_in_league()) {
    *num = hdl_lanes_number();
    return hdl_lanes_region()->team;
  }
  bool region = hdl_block()->mode == HDL_MODE_REGION;
  *num = region ? arch_tid() : 0;
  return region ? &hdl_league()->grid.region : &hdl_league()->grid.initial;
}

/* How many that team has.  Of lanes without reading device memory: they have only
 * just written it. */
static inline uint32_t hdl_place_here(uint32_t *num) {
  if (!hdl_is_whole() && hdl_is_unmade() && !hdl_in_league()) {
    *num = hdl_lanes_number();
    return hdl_lanes_region()->size;
  }
  return hdl_team_here(num)->size;
}

/* The internal control variables of the calling thread's task. */
static inline const struct hdl_icv *hdl_icv_here(void) {
  uint32_t num;
  return hdl_is_unmade() ? &hdl_team_here(&num)->icv : &hdl_self()->task->icv;
}

/* Most threads that a team here can have. */
static inline uint32_t hdl_thread_limit(void) {
  return hdl_in_league() ? arch_ntid() : hdl_self()->grid->workers;
}

/* The functions that clang makes for a reduction over teams. */
struct hdl_league_reduction {
  shuffle_fn *shuffle;
  copy_fn *copy;
  record_fn *to_record, *into_record, *from_record, *reduce_record;
};

/* league.c */
int32_t hdl_league_init(bool spmd, void *launch);
void hdl_league_begin(bool spmd, enum hdl_mode mode, void *launch);
void hdl_league_deinit(void);
void hdl_league_leave_warp(void);
void hdl_league_parallel(const struct ident *loc, int32_t if_expr,
                         int32_t num_threads, void *fn, region_thunk *thunk,
                         const uint64_t *args, uint32_t nargs);
bool hdl_league_end_teams(uint32_t records, void **list,
                          const struct hdl_league_reduction *f);
bool hdl_league_defer(struct hdl_thread *t);

/* leaguelane.c */
struct hdl_thread *hdl_league_make_lane(void);
void hdl_league_release(uint32_t warp);

/* leaguesync.c */
void hdl_league_barrier(struct hdl_thread *t);
bool hdl_league_reduce_teams(bool spmd, uint32_t records, void **list,
                             const struct hdl_league_reduction *f);

/* ------------------------------------------------------------------------
 * Reductions of a team.  Inline, so that where the program's functions are
 * known they are called directly. */

/* The lanes of the calling warp in a team of `n`, which has some of them. */
static inline uint32_t hdl_league_mask(uint32_t n) {
  uint32_t left = n - arch_tid() / ARCH_LANES * ARCH_LANES;
  return left < ARCH_LANES ? (1u << left) - 1 : ~0u;
}

/* The word of the lane `offset` further on in a team of `n`; the lane's own if
 * there is none. */
static inline uint32_t hdl_league_shuffle(uint32_t word, int16_t offset,
                                          uint32_t n) {
  uint32_t mask = hdl_league_mask(n);
  uint32_t src = arch_lane() + (uint32_t)(int32_t)offset;
  return arch_shuffle(mask, word,
                      src < ARCH_LANES && mask >> src & 1 ? src : arch_lane());
}

/* Combine the copies of lanes 0 to `left` - 1 of a warp in lane 0.  The others
 * take part, and their copies are lost.  Algorithm 0 is for a full warp: all
 * combine; with 1, those below the offset do. */
static inline void hdl_league_reduce_warp(uint32_t left, void *list,
                                          shuffle_fn *fn) {
  if (left == ARCH_LANES) {
    for (uint32_t offset = ARCH_LANES / 2; offset > 0; offset /= 2)
      fn(list, (int16_t)arch_lane(), (int16_t)offset, 0);
    return;
  }
  while (left > 1) {
    fn(list, (int16_t)arch_lane(), (int16_t)(left / 2), 1);
    left = (left + 1) / 2;
  }
}

/* Combine the copies of the first `n` threads of a team, of which the caller is
 * `num`, in thread 0: true there.  If n is above ARCH_LANES all threads come,
 * because `copy` has barriers in it; else at least the first warp's. */
static inline bool hdl_league_reduce(uint32_t num, uint32_t n, void *list,
                                     shuffle_fn *fn, copy_fn *copy) {
  uint32_t first = num / ARCH_LANES * ARCH_LANES;
  uint32_t left = n > first ? n - first : 0;
  hdl_league_reduce_warp(left < ARCH_LANES ? left : ARCH_LANES, list, fn);
  if (n > ARCH_LANES) {
    uint32_t warps = (n + ARCH_LANES - 1) / ARCH_LANES;
    copy(list, (int32_t)warps);
    if (num < ARCH_LANES)
      hdl_league_reduce_warp(warps, list, fn);
  }
  return num == 0;
}

#endif /* HDL_LEAGUE_H */
