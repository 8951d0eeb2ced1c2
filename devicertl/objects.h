/* objects.h - the objects of the device runtime and how they hang together.
 *
 *   grid    one kernel launch.  Lives in device memory; found by its launch id.
 *   block   carrier of up to HDL_BLOCK_WARPS warps, as many as an SM has room for;
 *           lives in shared memory.
 *   thread  one warp, of which lane 0 works while the other lanes sleep in
 *           bar.warp.sync; lives in its block.  In a nested parallel region the
 *           lanes are the threads; theirs live in device memory (lanes.c).
 *   worker  the part of a thread that other blocks may touch: deque, implicit
 *           task, reduction mailbox.  Lives in device memory, outlives launches.
 *   team    OpenMP's: the initial team (initial thread alone, plus sleeping
 *           warps as helpers for its tasks), the region (the one active
 *           `parallel` of the grid), and serialized teams of one.
 *   task    header in front of the compiler's kmp_task_t.
 *
 * "Owner" of a worker, deque or task means the thread whose warp it belongs to.
 */
#ifndef HDL_OBJECTS_H
#define HDL_OBJECTS_H

#include "abi.h"
#include "arch.h"
#include "explicit.h"
#include "geometry.h"
#include "uses.h"

enum {
  HDL_PRIVATE = 32,   /* slots of a thread's private task stack */
  HDL_RING = 256,     /* slots of its public deque; a power of two */
  HDL_BUNDLE = 8,     /* tasks of it that thieves take at once; likewise */
  HDL_CROWD = 16,     /* threads of a team in which they do */
  HDL_SMS = 256,      /* whose numbers threads can be placed by */
  HDL_LOOPS = 8,      /* shared loops of a team in flight (nowait) */
  HDL_GRIDS = 64,     /* launches in flight on one device */
  HDL_ARGS = 64,      /* variables a parallel region can capture */
  HDL_LANE_ARGS = 7,  /* of those, one on lanes has so many in shared memory */
  HDL_REDUCTIONS = 2, /* of a team in flight (nowait) */
  HDL_NEAR_FAN = 5,   /* threads of a block of which one combines the others' */
  HDL_FAN = 12,       /* blocks or groups of them that one combines, at most */
  HDL_RECORD_NEAR = 4,  /* words of a record that fits into a mailbox */
  HDL_SPARES = 4,       /* blocks that a thread has in shared memory */
  HDL_CLASSES = 5,      /* block sizes of the pool: 128 B to 2 KiB */
  HDL_MAX_LEVELS = 255, /* supported active levels, and the initial ICV */
};

/* A fair lock in 8 bytes, unlocked when zero. */
struct hdl_ticket_lock {
  union {
    struct {
      uint32_t serving, next; /* atomic */
    };
    uint64_t both; /* so that one addition tells both */
  };
};

/* nthreads-var counts no further; this means as many as there can be. */
#define HDL_ALL_THREADS 0xffffu

/* Internal control variables of a task's data environment (OpenMP 5.2, 2.2):
 * by value, so that a task inherits them with one copy. */
struct hdl_icv {
  uint16_t nthreads;         /* nthreads-var */
  uint8_t max_active_levels; /* max-active-levels-var */
  uint8_t dynamic : 1;       /* dyn-var */
  uint8_t sched : 7;         /* run-sched-var: omp_sched_t, 1 to 4 */
  int32_t chunk;             /* run-sched-var; 0: default */
};

/* A task.  Counting children (invariants T1 to T3) is explained in task.c. */
struct hdl_task {
  _Alignas(16) struct hdl_task *parent; /* two words at a time */
  struct hdl_node *node;   /* if it has dependences or an event, else NULL */
  struct hdl_group *group; /* innermost taskgroup it belongs to, or NULL */
  struct hdl_icv icv;
  /* Children that are public or not complete; owner only; while it runs the
   * thread's `children` says so. */
  uint32_t open;
  uint32_t done; /* public children that are complete; atomic */
  uint32_t home; /* worker whose pool the memory belongs to */
  union {
    uint32_t outer_mark;   /* kept here while an undeferred body runs */
    struct hdl_task *next; /* in the list of priority.c or a bundle (deque.h) */
  };
  uint32_t bytes; /* of the compiler's part, shareds included */
  union {
    struct {
      uint16_t flags;         /* enum hdl_task_flags */
      uint8_t public_;        /* enum hdl_public: others may complete it */
      uint8_t pool_class : 7; /* size class, HDL_CLASSES if from the heap */
      uint8_t finished : 1;   /* body done; owner only */
    };
    uint32_t state; /* all of them */
  };
};
_Static_assert(sizeof(struct hdl_task) == 64, "keeps kmp_task_t aligned");

/* Whether others than its creator's thread may complete a task; see task.c. */
enum hdl_public {
  HDL_PRIVATELY = 0,
  HDL_PUBLISHED, /* while it is in the public part of a deque, or stolen, or from
                    when it was in the list of priority.c */
  HDL_PUBLIC,    /* from the start */
};

enum hdl_task_flags {
  HDL_TASK_FINAL = 1,     /* and so all its descendants */
  HDL_TASK_IMPLICIT = 2,  /* of a team member; not from the pool */
  HDL_TASK_REQUEUED = 4,  /* untied: wants its next part run */
  HDL_TASK_NOW = 16,      /* undeferred: run by its creator at once */
  HDL_TASK_DESTRUCT = 8,  /* data1 names a function to call at the end */
  HDL_TASK_DETACH = 32,   /* complete only with its event; see event.c */
  HDL_TASK_EVENTS = 64,   /* has had a child of that sort; owner only */
  HDL_TASK_CHECKED = 128, /* the compiler pass knows: no local addresses */
  HDL_TASK_PRIOR = 256,   /* data2 is its priority */
  HDL_TASK_CHUNKS = 512,  /* of a taskloop, and has more than one chunk */
  HDL_TASK_UNTIED = 1024, /* may be submitted again, for its next part */
};

static inline struct kmp_task *task_kmp(struct hdl_task *t) {
  return (struct kmp_task *)(t + 1);
}
static inline struct hdl_task *task_of(struct kmp_task *k) {
  return (struct hdl_task *)k - 1;
}

/* A taskgroup region; see taskgroup.c for the counts. */
struct hdl_group {
  struct hdl_group *outer;
  struct hdl_reductions *reductions; /* taskred.c; or NULL */
  uint32_t owner;                    /* worker that began it */
  uint32_t local;     /* tasks counted by the owner; owner only */
  uint32_t remote;    /* tasks counted by others, may wrap below 0; atomic */
  uint32_t cancelled; /* 1 once a task has cancelled it; atomic */
  uint32_t events;    /* 1 if one of its tasks can be detached; atomic */
};

/* One loop of a team in flight that its members share; see loop.c. */
struct hdl_loop {
  uint32_t turn;    /* number of the loop it serves; atomic */
  uint32_t left;    /* members that are through; atomic */
  uint64_t next;    /* number of the next chunk to hand out; atomic */
  uint64_t ordered; /* iterations whose turn is over; atomic; see ordered.c */
  uint64_t done;    /* doacross: address of the bits; atomic; see doacross.c */
};

/* What has been cancelled in a team; see cancel.c. */
struct hdl_cancellation {
  uint32_t region; /* 1: the parallel region; atomic */
  uint32_t loop;   /* number of the last loop that was cancelled; atomic */
  uint32_t ended;  /* members that have come to the region's end; atomic */
};

enum hdl_team_kind {
  HDL_TEAM_GRID = 1, /* warps; its tasks are deferred */
  HDL_TEAM_LANES,    /* lanes of one warp */
  HDL_TEAM_BLOCK,    /* lanes of one block; see league.c */
  HDL_TEAM_SERIAL,   /* one thread */
};

/* What every graph of dependences begins with; see graph.c. */
struct hdl_graph {
  struct hdl_graph *outer; /* of a task further down the thread's stack */
  struct hdl_task *task;   /* that generates */
};

struct hdl_team {
  /* The initial team's threads that are not idle, or CLOSED; see team.c. */
  _Alignas(HDL_LINE) uint32_t busy;
  /* What each member reads, two words at a time. */
  _Alignas(HDL_LINE) uint32_t size;
  uint32_t start; /* members' `generation` at fork */
  uint64_t nargs;
  void *fn; /* the outlined function, and its thunk or NULL */
  region_thunk *thunk;
  struct hdl_icv icv;
  uint64_t allocator; /* def-allocator-var that members begin with */
  uint32_t singles;   /* `single` regions someone has taken; atomic */
  uint32_t reduced;   /* reductions to which all have come; atomic; reduce.c */
  uint32_t tag;       /* of its first reduction; see there */
  uint32_t fan;       /* see hdl_reduce_fan */
  uint32_t kind;      /* enum hdl_team_kind */
  uint32_t level;     /* parallel regions around it */
  uint32_t active_level; /* of those, with more than one thread */
  uint32_t parent_num;   /* thread number of its primary in `parent` */
  struct hdl_team *parent;
  uint32_t held; /* tasks that no thread has; see event.c; atomic */
  /* Tasks released by an event, for anyone who may run them; see event.c. */
  struct hdl_ticket_lock handed_lock;
  uint64_t handed;  /* struct hdl_node *; under the lock, but read by others */
  uint32_t counted; /* blocks that have members */
  const void *copied; /* copyprivate list of the last single; see single.c */
  struct hdl_cancellation cancel;
  uint32_t over; /* generation that ended a region; atomic; see cancel.c */
  struct hdl_task implicit; /* of the primary thread, in a grid team */
  uint64_t arg[HDL_ARGS];
  struct hdl_loop loop[HDL_LOOPS];
};

struct hdl_deque {
  /* The owner's << 32 | the thieves'; atomic; see deque.h. */
  _Alignas(HDL_LINE) uint64_t ends;
  _Alignas(HDL_LINE) uint64_t slot[HDL_RING];
};

static inline uint64_t hdl_ends(uint32_t bottom, uint32_t top) {
  return (uint64_t)bottom << 32 | top;
}
/* Whether a deque with these `ends` had something to steal. */
static inline bool hdl_ends_apart(uint64_t ends) {
  return (int32_t)((uint32_t)(ends >> 32) - (uint32_t)ends) > 0;
}

/* What the members of a reduction hand on, each word with its tag; see reduce.c.
 * The same word of all lies side by side, so that they arrive together. */
struct hdl_mailbox {
  _Alignas(HDL_LINE) uint64_t word[HDL_RECORD_NEAR][HDL_FAN - 1]; /* atomic */
};

/* A record that is longer. */
struct hdl_record {
  uint32_t *word;
  uint32_t words; /* for which there is room */
};

struct hdl_worker {
  struct hdl_deque deque;
  /* Stacks of freed tasks, by class; atomic; see pool.c. */
  _Alignas(HDL_LINE) uint64_t returned[HDL_CLASSES];
  struct hdl_task implicit; /* task of this thread as a member */
  struct hdl_mailbox mail[HDL_REDUCTIONS];
  struct hdl_record record[HDL_REDUCTIONS];
  /* Kept from launch to launch: */
  void *free[HDL_CLASSES];
  char *bump, *bump_end;
  struct hdl_chunk *stack;
  struct hdl_lanes *lanes; /* of regions on its lanes, once needed */
  /* Explicit threads; see context.c. */
  _Alignas(HDL_LINE) uint32_t wake; /* lanes whose contexts may go on; atomic */
  uint64_t inbox;   /* struct hdl_strand * placed here, or 0; atomic */
  uint32_t sm_next; /* of a block's first thread: see S4 in spawn.c */
  struct hdl_contexts *contexts;    /* once needed; owner only */
  struct hdl_strand *spare_strands; /* owner only */
  uint32_t spare_count;
};

struct hdl_grid {
  uint64_t id;    /* launch it serves, 0 when free; atomic */
  uint64_t ready; /* == id once usable; atomic */
  /* What sleeping threads watch, on a line of its own. */
  _Alignas(HDL_LINE) uint64_t fork; /* sequence << 32 | members; see team.c */
  uint64_t barrier;  /* of the region, with its generation; atomic; see there */
  uint32_t hint;     /* 1 + worker that last made tasks public, or 0; atomic */
  uint32_t queued;   /* threads in the queue of spawn.c; atomic */
  uint64_t contexts; /* struct hdl_context_ops * once threads exist; atomic */
  _Alignas(HDL_LINE) uint32_t tickets; /* blocks that have arrived */
  uint32_t left;                       /* blocks that have left */
  uint32_t loops; /* slots of region.loop that have been used, in a league */
  uint32_t tags;  /* of reductions that have been given out; initial thread */
  /* Ready tasks that have a priority; see priority.c. */
  struct hdl_ticket_lock prior_lock;
  uint64_t prior; /* struct hdl_task *; under the lock, but read by others */
  uint32_t priorities; /* max-task-priority-var */
  /* watchdog.c */
  uint64_t stall;   /* period << 32 | threads that wait in it; atomic */
  uint32_t stalled; /* period of the standstill, or 0; atomic */
  uint32_t tellers; /* threads that have told; atomic */
  uint32_t blocks, block_warps;
  uint32_t workers; /* blocks * block_warps */
  uint32_t capacity;
  bool cancellation; /* cancel-var */
  uint64_t start_ns;
  struct hdl_spawns spawns;
  _Alignas(8) uint32_t sm_block[HDL_SMS]; /* see S4 in spawn.c; atomic */
  struct hdl_worker *worker;
  struct hdl_team initial, region;
};

/* In `busy` of the initial team: its tasks may not be stolen. */
#define HDL_TEAM_CLOSED (UINT32_C(1) << 31)

/* Generations of the region's barrier are the upper 24 bits of 32, so that they
 * compare as numbers that wrap. */
#define HDL_GENERATION               256u
#define HDL_BARRIER_GENERATION(word) ((uint32_t)((word) >> 40) * HDL_GENERATION)

/* How many arrivals of blocks carry into it; see barrier.c. */
#define HDL_ARRIVALS 16384u
_Static_assert(HDL_ARRIVALS > HDL_MOST_BLOCKS, "one arrival for each");

/* Members of a fork word that ends the kernel. */
#define HDL_FORK_EXIT 0xffffffffu

/* Where a thread is in the worksharing constructs of its team. */
struct hdl_worksharing {
  _Alignas(16) uint32_t singles; /* `single` regions met */
  uint32_t loops;                /* shared loops met */
  uint32_t all;                  /* loops and sections met */
  /* Reductions; see reduce.c. */
  uint32_t reductions; /* met */
  uint32_t reduced;    /* of those, so many are known to be over */
  uint32_t reduced_at; /* `generation` when it last met one */
  /* The loop it is in, unless that is all the compiler's: */
  bool within; /* there may be one; if not, nothing from `trip` on matters */
  uint8_t sched;
  uint8_t slot; /* 1 + its place in team->loop; 0: no other thread shares it */
  bool ordered; /* it has an ordered clause without a number, */
  uint8_t turn; /* enum hdl_turn; see ordered.c */
  uint64_t trip, chunk;
  uint64_t number; /* of its next chunk, unless it draws them from `loop` */
  /* The round of chunks of one size that it is in; see loop.c. */
  uint64_t round;    /* number of its first chunk */
  uint64_t round_at; /* and of that chunk's first iteration */
  uint64_t size;     /* of its chunks */
  uint64_t lower;
  int64_t stride;
  union {
    uint64_t first;                /* and then is in the chunk from here ... */
    struct hdl_doacross *doacross; /* or with one: the nest it is in, or NULL */
  };
  uint64_t last, current; /* ... to here, at this iteration */
};

struct hdl_thread {
  _Alignas(16) struct hdl_task *task;
  struct hdl_group *group; /* innermost taskgroup of the current task */
  struct hdl_grid *grid;
  struct hdl_worker *worker;
  struct hdl_team *team;
  struct hdl_graph *graph; /* of the tasks on its stack; see graph.c */
  /* The last task that it made, if that can simply be pushed. */
  const struct hdl_task *fresh;
  uint32_t id;         /* worker number in the grid */
  uint32_t num;        /* omp_get_thread_num() */
  uint32_t generation; /* HDL_GENERATION for each of its barriers so far */
  uint32_t members;    /* of its grid team that are in its block */
  uint32_t seed;       /* of victim choice */
  uint32_t defers;     /* 1 if its team's tasks are deferred */
  uint64_t allocator;  /* def-allocator-var of the implicit task */
  /* Tasks; see deque.h. */
  uint32_t bottom;     /* owner's copy of the deque's */
  uint32_t count;      /* private tasks */
  uint32_t lent;       /* what the public part may have; see deque.h */
  uint32_t top;        /* of the deque, at least; see there */
  uint32_t shown;      /* its top when thieves were last looked for */
  uint32_t priorities; /* max-task-priority-var; a lane's is 0 */
  uint32_t children;   /* `open` of the current task */
  uint32_t mark; /* height of the task stack when the current task began */
  /* When hdl_task_share looked, and how long it need not, which are read
   * together; when a task of its own was last begun; ticks. */
  _Alignas(8) uint32_t shared_at;
  uint32_t share_ticks, scheduled_at;
  int32_t error; /* errno */
  char *token;   /* where strtok goes on */
  /* Soft stack; see stack.c. */
  _Alignas(16) char *sp;
  char *sp_end;
  struct hdl_chunk *chunk;
  /* Pool; see pool.c. */
  void *free[HDL_CLASSES];
  uint32_t spares;            /* blocks that lie ready before those: */
  uint64_t spare[HDL_SPARES]; /* address + class; the last is the next */
  char *bump, *bump_end;
  struct hdl_worksharing ws;
  /* Reductions over tasks; see taskred.c. */
  struct hdl_copies *copies; /* its copies for the taskgroup of this serial */
  uint64_t copies_serial;    /* 0: none yet */
  uint64_t reductions_begun; /* taskgroups with reductions that it began */
  struct hdl_task **stack;   /* HDL_PRIVATE slots; a lane has none */
  struct hdl_strand *strand; /* its identity, once needed; see strand.c */
  uint64_t self;             /* and its id then */
  uint32_t weight;           /* of its block's arrival there; see barrier.c */
  uint32_t region;           /* number of the last that it took part in */
  uint32_t hinted; /* 1 + the `generation` in which it last gave a hint */
  uint32_t crowd;  /* threads of its team, or of the last region; see deque.h */
  /* Of the initial thread: */
  uint32_t open;        /* the initial team's tasks may be stolen */
  uint32_t come;        /* so many threads are known to have arrived */
  uint32_t forks;       /* regions of the grid that it has begun */
  uint32_t forks_size;  /* of the last: its members, */
  uint32_t forks_loops; /* slots of region.loop that it has used, */
  uint32_t forks_tags;  /* and the grid's `tags` after it */
};

/* A lane as a thread. */
struct hdl_lane {
  struct hdl_thread thread;
  struct hdl_task implicit;
  uint64_t *slot; /* leaguelane.c */
};

/* What a warp keeps for regions on its lanes, of which there is one at a time.
 * The team's loops are as at the start of a region, whenever there is none. */
struct hdl_lanes {
  struct hdl_lane lane[ARCH_LANES];
  struct hdl_team team;
};

/* What the lanes of a block are. */
enum hdl_mode {
  HDL_MODE_GRID = 1, /* part of the grid team */
  HDL_MODE_TEAM,     /* a team of a league, not in its parallel region ... */
  HDL_MODE_REGION,   /* ... and in it; see league.c */
};

struct hdl_block {
  uint32_t mode; /* enum hdl_mode */
  struct hdl_grid *grid;
  uint32_t first; /* worker number of its first warp */
  uint32_t warps;
  /* What the polling thread of the block last saw in the grid. */
  uint64_t fork;
  uint64_t state; /* hint << 32 | generation */
  uint64_t contexts;
  uint32_t queued;
  bool cancellation; /* cancel-var */
  bool gave;         /* see B9 in barrier.c */
  uint64_t single;   /* see single.c; atomic */
  uint32_t poller;   /* 1 while a thread of the block polls the grid */
  uint32_t left;     /* threads that have left */
  uint32_t arrived; /* members at the region's barrier; atomic; see barrier.c */
  /* Of each warp, in a league, too: */
  struct hdl_lane *lanes[HDL_BLOCK_WARPS]; /* while they are threads */
  uint32_t made[HDL_BLOCK_WARPS]; /* bit per lane that has a state of its own */
};

/* The region on a warp's lanes, as they need it to begin. */
struct hdl_lane_region {
  struct hdl_team *team;
  struct hdl_lane *outer; /* what is in block->lanes before and after it */
  void *fn;               /* the outlined function, and its thunk or NULL */
  region_thunk *thunk;
  uint32_t mask;    /* its lanes, */
  uint32_t primary; /* and the one that is thread 0 */
  uint32_t size;    /* how many there are */
  uint32_t nargs;
  uint64_t arg[HDL_LANE_ARGS]; /* if there are no more; else team->arg */
};

/* What else a block has for each of its warps in a grid team, in dynamic shared
 * memory. */
struct hdl_warp_state {
  struct hdl_thread thread;
  struct hdl_task *stack[HDL_PRIVATE];
  struct hdl_warp contexts;     /* of explicit threads; context.c */
  struct hdl_lane_region lanes; /* lanes.c */
  /* Mailbox of its thread; see reduce.c. */
  uint32_t record[HDL_REDUCTIONS][HDL_RECORD_NEAR];
  uint32_t posted[HDL_REDUCTIONS]; /* tags; atomic */
  /* In watchdog.c: when its wait began, and the last period it counted itself
   * in; atomic. */
  uint64_t waits_since;
  uint32_t stall;
  bool told;
};
_Static_assert(sizeof(struct hdl_warp_state) == HDL_WARP_BYTES, "geometry.h");

#endif /* HDL_OBJECTS_H */
