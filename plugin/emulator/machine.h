/* machine.h - the emulated device while it runs.
 *
 * There is one device per process.  All lanes of all blocks in flight are
 * fibers of one scheduler.  Several host threads may launch at once: one of
 * them drives the scheduler, the others wait, and any of them may take over.
 * What lies below is touched by the driving thread only, unless it says that
 * `lock` protects it. */
#ifndef HDL_EMU_MACHINE_H
#define HDL_EMU_MACHINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* arch/emu.h is the runtime's view of this library; what it declares is
 * exported, everything else in the plugin is hidden. */
#define HDL_EMULATOR 1
#pragma GCC visibility push(default)
#include "arch.h"
#pragma GCC visibility pop

#define LANES_PER_WARP  32u
#define MAX_BLOCK_LANES 1024u
#define MAX_BLOCK_WARPS (MAX_BLOCK_LANES / LANES_PER_WARP)

/* A lane's life
 *   state     event                                    next
 *   (none)    its block starts                         READY
 *   READY     the schedule picks it                    RUNNING
 *   RUNNING   a switch point gives another lane a turn  READY
 *   RUNNING   hdl_emu_wait                             SLEEPING
 *   SLEEPING  its virtual wake time has come           READY
 *   RUNNING   comes to a meeting others are still to join   PARKED
 *   PARKED    the last one joins                       READY
 *   RUNNING   returns from the kernel                  DONE
 * READY lanes are in device.ready, SLEEPING ones in device.sleepers. */
enum lane_state {
  LANE_READY = 1,
  LANE_RUNNING,
  LANE_SLEEPING,
  LANE_PARKED,
  LANE_DONE,
};

/* What the lanes of a warp, or all lanes of a block, meet for. */
enum meeting {
  MEET_SYNC = 1,
  MEET_SHUFFLE,
  MEET_BALLOT,
  MEET_BLOCK,
  MEET_PART,
};

struct lane {
  struct hdl_emu_id id; /* first: hdl_emu_self returns its address */
  void *sp;             /* saved stack pointer while not RUNNING */
  struct block *block;
  struct warp *warp;
  enum lane_state state;

  uint64_t wake; /* SLEEPING: when; ties are broken by wake_order */
  uint64_t wake_order;
  const char *what, *where; /* of the last hdl_emu_wait */
  uint64_t epoch;           /* device.epoch that the next two are about */
  uint32_t waits;           /* waits in that epoch */
  bool active;              /* user code ran in that epoch */

  enum meeting meeting; /* PARKED: these four; all but `meeting` are unused
                         * in MEET_BLOCK and MEET_PART */
  uint32_t mask;
  uint32_t source;
  uint64_t value; /* in: the lane's own; out: what the meeting gives it */
};

struct warp {
  struct lane *lanes; /* its lane 0 */
  uint32_t live;      /* bit per lane that has not finished */
  uint32_t parked;    /* bit per lane in a meeting; subset of live */
};

/* A place for a resident block; keeps its lanes' stacks and its arena. */
struct block {
  struct grid *grid;     /* NULL: free */
  uint32_t live;         /* lanes not DONE */
  uint32_t arrived;      /* of them in MEET_BLOCK */
  uint32_t part_arrived; /* and in MEET_PART */
  uint32_t num_warps;
  struct lane *lanes; /* MAX_BLOCK_LANES of them */
  struct warp warps[MAX_BLOCK_WARPS];
  unsigned char *arena; /* shared memory */
  uint64_t arena_bytes;
  unsigned char *arena_end; /* a page that nobody may touch is behind it */
  uint64_t arena_room;
};

struct hdl_emu_kernel;

/* A launch; lives on the stack of the host thread that made it. */
struct grid {
  const struct hdl_emu_kernel *kernel;
  const uint64_t *args;
  uint64_t id;
  uint32_t num_blocks, warps_per_block;
  uint32_t lanes_per_block;   /* the last warp may lack some */
  uint32_t dynamic_bytes;     /* shared memory beyond the kernel's variables */
  uint32_t started, finished; /* blocks */
  bool done;                  /* under `lock` */
  struct grid *next;          /* in the list of launches */
};

struct device {
  struct block *blocks;
  uint32_t num_blocks;           /* places for blocks */
  uint32_t num_warps, max_warps; /* running, and that fit */
  struct lane *lanes;
  struct grid *grids; /* not done, oldest first */

  struct lane *current; /* RUNNING; NULL: the driver's own stack */
  void *host_sp;        /* the driver's while a lane is RUNNING */
  struct lane **ready;
  uint32_t num_ready;
  struct lane **sleepers; /* binary heap by (wake, wake_order) */
  uint32_t num_sleepers;
  uint64_t clock; /* virtual ns */
  uint64_t sleeps;
  uint64_t epoch;       /* grows with each sign of progress */
  uint64_t epoch_start; /* in virtual ns */
};
extern struct device hdl_emu_device;

/* fiber.c: stacks and switching. */
void hdl_fiber_reserve(uint32_t lanes, uint64_t stack_bytes);
void *hdl_fiber_prepare(uint32_t lane, void (*entry)(void)); /* its sp */
void hdl_fiber_switch(void **save_sp, void *load_sp);
int64_t hdl_fiber_lane_of(uintptr_t address, bool *is_guard); /* -1: none */
size_t hdl_fiber_left(uint32_t lane, uintptr_t sp);

/* schedule.c: for a RUNNING lane.  Park returns when somebody readied it. */
void hdl_schedule_park(void);
void hdl_schedule_ready(struct lane *lane);

/* queue.c: sleeping lanes and the seeded choice. */
void hdl_queue_seed(uint64_t seed);
uint64_t hdl_queue_below(uint64_t bound); /* random, in [0, bound) */
bool hdl_queue_stay(void);                /* at a point: go on with this lane */
struct lane *hdl_queue_choose(struct lane *instead);
void hdl_queue_sleep(struct lane *lane, uint64_t ns);
void hdl_queue_wake_due(void); /* ready those whose time has come */

/* warp.c: after a lane has finished, meetings may need it no longer. */
void hdl_warp_leave(struct lane *lane);

/* imagefile.c: after images have been loaded. */
void hdl_emu_remove_image_files(void);

/* report.c: sentences about what went wrong; each ends the process. */
void hdl_report_install(void);
void hdl_report_enter(void); /* this thread starts to drive ... */
void hdl_report_leave(void); /* ... and stops */
_Noreturn void hdl_report_deadlock(void);

#endif /* HDL_EMU_MACHINE_H */
