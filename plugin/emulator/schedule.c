/* schedule.c - launches, blocks and lanes: who enters the device and when a
 * lane gives way.
 *
 * Lanes switch to each other directly.  The driver's own stack (host_sp) runs
 * only to start blocks: at the beginning, when a block has finished (its last
 * lane still stands on a stack of that block), and when another host thread
 * has come with a launch. */
#include "emulator.h"
#include "machine.h"
#include "output.h"
#include "plugin.h"
#include "retarget.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define DEFAULT_STACK_BYTES (UINT64_C(256) << 10)
/* The emulator itself and printf run on a lane's stack too. */
#define MIN_STACK_BYTES     (UINT64_C(64) << 10)
#define POINT_NS    10u /* virtual time from one switch point to the next */
/* User code in loops comes to a point once in so many rounds. */
#define LOOP_BUDGET 1000

/* Evidence of a deadlock: so many waits of everybody, over so much virtual
 * time, without progress; and more if all are merely idle. */
#define DEADLOCK_WAITS 2000u
#define DEADLOCK_NS    UINT64_C(50000000)
#define IDLE_FACTOR    20u

/* The host looks for output at one in so many points. */
#define HOST_TURN 16

#define SHARED_POISON   0xab
#define ARENA_ALIGNMENT 128u
#define PAGE            4096u

struct device hdl_emu_device;

#define EXPORTED __attribute__((visibility("default")))
EXPORTED unsigned char *hdl_emu_shared; /* arena of the current block */
EXPORTED struct hdl_emu_counts hdl_emu_counts;
EXPORTED int32_t hdl_emu_budget = LOOP_BUDGET;
EXPORTED void hdl_emu_user_point(void);
EXPORTED void hdl_emu_launch(const struct hdl_emu_kernel *kernel,
                             const uint64_t *args);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool driven;             /* under `lock`: a thread drives */
static struct grid *arriving;   /* under `lock`: launches not yet admitted */
static atomic_bool any_arrived; /* hint that `arriving` is not empty */

static _Thread_local uint32_t next_blocks, next_lanes; /* 0: not set */
static _Thread_local uint32_t next_dynamic_bytes;

void hdl_emu_set_geometry(uint32_t blocks, uint32_t lanes_per_block,
                          uint32_t dynamic_bytes) {
  next_blocks = blocks;
  next_lanes = lanes_per_block;
  next_dynamic_bytes = dynamic_bytes;
}

/* Once per process, by the first launch; `lock` is held. */
static void init_device(void) {
  struct device *d = &hdl_emu_device;
  const struct hdl_settings *settings = hdl_settings();
  d->max_warps = settings->emu_sms * settings->emu_warps;
  d->num_blocks = d->max_warps; /* of one warp each, at most */
  uint32_t lanes = d->num_blocks * MAX_BLOCK_LANES;
  d->blocks = calloc(d->num_blocks, sizeof *d->blocks);
  d->lanes = calloc(lanes, sizeof *d->lanes);
  d->ready = calloc(lanes, sizeof(struct lane *));
  d->sleepers = calloc(lanes, sizeof(struct lane *));
  if (d->blocks == NULL || d->lanes == NULL || d->ready == NULL ||
      d->sleepers == NULL)
    hdl_die("the emulator finds no memory for %u lanes", lanes);
  for (uint32_t i = 0; i < d->num_blocks; i++)
    d->blocks[i].lanes = d->lanes + (size_t)i * MAX_BLOCK_LANES;
  uint64_t stack_bytes = settings->stack_bytes;
  if (stack_bytes == 0)
    stack_bytes = DEFAULT_STACK_BYTES;
  else if (stack_bytes < MIN_STACK_BYTES)
    stack_bytes = MIN_STACK_BYTES;
  hdl_fiber_reserve(lanes, stack_bytes);
  hdl_queue_seed(settings->emu_seed);
  hdl_report_install();
}

/* Exported (heddle.map) for test/tools/forkseeds.c. */
void hdl_emu_reseed(uint64_t seed) {
  hdl_settings_seed(seed);
  hdl_queue_seed(seed);
}

/* ------------------------------------------------------------------------
 * Switching */

/* Continue with `next`; NULL is the driver's own stack.  Returns when the
 * caller is continued. */
static void run(struct lane *next) {
  struct device *d = &hdl_emu_device;
  struct lane *me = d->current;
  if (next == me)
    return;
  void **save = me != NULL ? &me->sp : &d->host_sp;
  d->current = next;
  if (next != NULL) {
    next->state = LANE_RUNNING;
    hdl_emu_shared = next->block->arena;
  }
  hdl_fiber_switch(save, next != NULL ? next->sp : d->host_sp);
}

/* The lane to run when the current one cannot; if all sleep, time jumps to
 * the first that wakes.  NULL: nobody can. */
static struct lane *take_next(void) {
  struct device *d = &hdl_emu_device;
  hdl_queue_wake_due();
  if (d->num_ready == 0 && d->num_sleepers > 0) {
    d->clock = d->sleepers[0]->wake;
    hdl_queue_wake_due();
  }
  return hdl_queue_choose(NULL);
}

/* Run others; the current lane is in no queue, or sleeps. */
static void leave_processor(void) {
  struct lane *me = hdl_emu_device.current;
  struct lane *next = take_next();
  if (next == NULL && !atomic_load(&any_arrived))
    hdl_report_deadlock();
  if (next == me)
    me->state = LANE_RUNNING; /* slept alone */
  else
    run(next);
}

void hdl_schedule_park(void) {
  hdl_emu_device.current->state = LANE_PARKED;
  leave_processor();
}

void hdl_schedule_ready(struct lane *lane) {
  struct device *d = &hdl_emu_device;
  lane->state = LANE_READY;
  d->ready[d->num_ready++] = lane;
}

/* A GPU's host runs beside it, and writes what kernels print. */
static void host_turn(void) {
  static uint32_t points;
  if (++points % HOST_TURN == 0 && hdl_output_drain())
    hdl_emu_progress();
}

void hdl_emu_point(void) {
  struct device *d = &hdl_emu_device;
  struct lane *me = d->current;
  if (me == NULL)
    return; /* host code, while a library is loaded */
  d->clock += POINT_NS;
  host_turn();
  hdl_queue_wake_due();
  if (atomic_load_explicit(&any_arrived, memory_order_relaxed)) {
    hdl_schedule_ready(me);
    run(NULL);
    return;
  }
  if (d->num_ready == 0 || hdl_queue_stay())
    return;
  me->state = LANE_READY;
  run(hdl_queue_choose(me));
}

/* A point in user code: not a sign of progress, but the lane does something
 * else than wait. */
void hdl_emu_user_point(void) {
  hdl_emu_budget = LOOP_BUDGET;
  struct lane *me = hdl_emu_device.current;
  if (me != NULL && (!me->active || me->epoch != hdl_emu_device.epoch)) {
    me->epoch = hdl_emu_device.epoch;
    me->active = true;
    me->waits = 0;
  }
  hdl_emu_point();
}

/* ------------------------------------------------------------------------
 * Waiting and progress */

void hdl_emu_progress(void) {
  hdl_emu_device.epoch++;
  hdl_emu_device.epoch_start = hdl_emu_device.clock;
}

/* Whether `lane` has waited so often since the last sign of progress. */
static bool has_waited(const struct lane *lane, uint32_t waits) {
  return lane->epoch == hdl_emu_device.epoch && lane->waits >= waits;
}

/* Whether a lane of `warp` has waited for long. */
static bool warp_has_waited(const struct warp *warp, uint32_t waits) {
  for (uint32_t left = warp->live; left != 0; left &= left - 1)
    if (has_waited(&warp->lanes[__builtin_ctz(left)], waits))
      return true;
  return false;
}

/* Whether no lane but waits: it waited for long, or is parked, or it only
 * takes turns with lanes of its warp that wait. */
static bool all_wait(uint32_t waits, bool *only_idle) {
  struct device *d = &hdl_emu_device;
  *only_idle = true;
  for (uint32_t i = 0; i < d->num_blocks; i++) {
    struct block *block = &d->blocks[i];
    for (uint32_t w = 0; block->grid != NULL && w < block->num_warps; w++) {
      struct warp *warp = &block->warps[w];
      bool warp_waits = warp_has_waited(warp, waits);
      for (uint32_t left = warp->live; left != 0; left &= left - 1) {
        struct lane *lane = &warp->lanes[__builtin_ctz(left)];
        bool active = lane->active && lane->epoch == d->epoch;
        bool waited = has_waited(lane, waits);
        if (!waited && lane->state != LANE_PARKED && (active || !warp_waits))
          return false;
        if (waited && strcmp(lane->what, "idle") != 0)
          *only_idle = false;
      }
    }
  }
  return true;
}

/* Called now and then by a lane that has waited DEADLOCK_WAITS times. */
static void look_for_deadlock(void) {
  struct device *d = &hdl_emu_device;
  bool only_idle;
  if (d->clock - d->epoch_start < DEADLOCK_NS ||
      !all_wait(DEADLOCK_WAITS, &only_idle))
    return;
  if (!only_idle || all_wait(DEADLOCK_WAITS * IDLE_FACTOR, &only_idle))
    hdl_report_deadlock();
}

void hdl_emu_wait(uint64_t ns, const char *what, const char *where) {
  struct device *d = &hdl_emu_device;
  struct lane *me = d->current;
  if (me->epoch != d->epoch) {
    me->epoch = d->epoch;
    me->waits = 0;
    me->active = false;
  }
  me->what = what;
  me->where = where;
  if (++me->waits % DEADLOCK_WAITS == 0)
    look_for_deadlock();
  d->clock += POINT_NS;
  host_turn();
  hdl_queue_sleep(me, ns);
  leave_processor();
}

/* ------------------------------------------------------------------------
 * Blocks */

/* The last thing a lane does.  Its block's last lane returns to the driver,
 * which can then give the stacks to another block. */
static _Noreturn void finish_lane(struct lane *me) {
  struct block *block = me->block;
  me->state = LANE_DONE;
  hdl_warp_leave(me);
  hdl_emu_progress();
  if (--block->live == 0)
    run(NULL);
  else
    leave_processor();
  __builtin_unreachable(); /* nobody readies a DONE lane */
}

void hdl_emu_exit(void) { finish_lane(hdl_emu_device.current); }

/* What a lane's stack starts with. */
static void lane_main(void) {
  struct lane *me = hdl_emu_device.current;
  struct grid *grid = me->block->grid;
  grid->kernel->lane(grid->args);
  finish_lane(me);
}

/* Make lane `tid` of `block` ready to run the kernel from its beginning. */
static void start_lane(struct block *block, uint32_t tid) {
  struct lane *lane = &block->lanes[tid];
  struct grid *grid = block->grid;
  *lane = (struct lane){
      .id = {.lane = tid % LANES_PER_WARP,
             .tid = tid,
             .ntid = block->live,
             .block = grid->started,
             .blocks = grid->num_blocks,
             .grid = grid->id},
      .block = block,
      .warp = &block->warps[tid / LANES_PER_WARP],
      .epoch = UINT64_MAX, /* none */
  };
  lane->sp =
      hdl_fiber_prepare((uint32_t)(lane - hdl_emu_device.lanes), lane_main);
  hdl_schedule_ready(lane);
}

/* Give `block` shared memory of `bytes` that ends where an access is an error. */
static void prepare_arena(struct block *block, uint64_t bytes) {
  bytes = hdl_emu_round_up(bytes, ARENA_ALIGNMENT);
  if (block->arena_room < bytes || block->arena_end == NULL) {
    if (block->arena_end != NULL)
      munmap(block->arena_end - block->arena_room, block->arena_room + PAGE);
    block->arena_room = hdl_emu_round_up(bytes, PAGE);
    unsigned char *memory =
        mmap(NULL, block->arena_room + PAGE, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED ||
        mprotect(memory + block->arena_room, PAGE, PROT_NONE) != 0)
      hdl_die("the emulator finds no memory for %llu bytes of shared memory",
              (unsigned long long)bytes);
    block->arena_end = memory + block->arena_room;
  }
  block->arena = block->arena_end - bytes;
  block->arena_bytes = bytes;
  /* It has no initial value; let a program see that. */
  memset(block->arena, SHARED_POISON, bytes);
}

/* Start the next block of `grid` in the free place `block`. */
static void start_block(struct block *block, struct grid *grid) {
  prepare_arena(block, grid->kernel->shared_bytes + grid->dynamic_bytes);
  block->grid = grid;
  block->num_warps = grid->warps_per_block;
  hdl_emu_device.num_warps += block->num_warps;
  block->live = grid->lanes_per_block;
  block->arrived = 0;
  block->part_arrived = 0;
  for (uint32_t w = 0; w < block->num_warps; w++)
    block->warps[w] = (struct warp){
        .lanes = block->lanes + (size_t)w * LANES_PER_WARP,
        .live = UINT32_MAX,
    };
  uint32_t rest = block->live % LANES_PER_WARP;
  if (rest != 0)
    block->warps[block->num_warps - 1].live = (UINT32_C(1) << rest) - 1;
  for (uint32_t tid = 0; tid < grid->lanes_per_block; tid++)
    start_lane(block, tid);
  grid->started++;
  hdl_emu_progress();
}

/* Free the places of finished blocks and end finished launches. */
static void retire_blocks(void) {
  struct device *d = &hdl_emu_device;
  for (uint32_t i = 0; i < d->num_blocks; i++) {
    struct block *block = &d->blocks[i];
    if (block->grid != NULL && block->live == 0) {
      block->grid->finished++;
      d->num_warps -= block->num_warps;
      block->grid = NULL;
    }
  }
  for (struct grid **at = &d->grids; *at != NULL;) {
    struct grid *grid = *at;
    if (grid->finished < grid->num_blocks) {
      at = &grid->next;
      continue;
    }
    *at = grid->next; /* `grid` is its launcher's again once it is done */
    pthread_mutex_lock(&lock);
    grid->done = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
  }
}

/* Whether a block of `grid` fits beside those that run.  One that never would
 * may have the device to itself. */
static bool has_room(const struct grid *grid) {
  const struct device *d = &hdl_emu_device;
  return d->num_warps == 0 ||
         d->num_warps + grid->warps_per_block <= d->max_warps;
}

/* Take new launches, and fill free places with blocks, oldest launch first. */
static void admit_blocks(void) {
  struct device *d = &hdl_emu_device;
  struct grid **end = &d->grids;
  while (*end != NULL)
    end = &(*end)->next;
  pthread_mutex_lock(&lock);
  *end = arriving;
  arriving = NULL;
  atomic_store(&any_arrived, false);
  pthread_mutex_unlock(&lock);

  struct grid *grid = d->grids;
  for (uint32_t i = 0; i < d->num_blocks; i++) {
    while (grid != NULL && grid->started == grid->num_blocks)
      grid = grid->next;
    if (grid != NULL && d->blocks[i].grid == NULL && has_room(grid))
      start_block(&d->blocks[i], grid);
  }
}

/* Run the device until `mine` is done.  The caller has set `driven`. */
static void drive(struct grid *mine) {
  hdl_report_enter();
  for (;;) {
    retire_blocks();
    if (mine->done) /* set by this thread, or before it drove */
      break;
    admit_blocks();
    struct lane *next = take_next();
    if (next == NULL)
      hdl_report_deadlock();
    run(next);
  }
  hdl_report_leave();
}

/* Runs in the host thread that launches, and returns when the grid is done.
 * If another thread drives already, that one runs this grid too, or leaves the
 * driving to this one when its own grid is done. */
void hdl_emu_launch(const struct hdl_emu_kernel *kernel, const uint64_t *args) {
  static uint64_t launches; /* under `lock` */
  struct grid grid = {.kernel = kernel, .args = args};
  pthread_mutex_lock(&lock);
  if (hdl_emu_device.blocks == NULL)
    init_device();
  hdl_emu_remove_image_files();
  grid.id = ++launches;
  struct hdl_emu_counts before = hdl_emu_counts;
  grid.num_blocks = next_blocks != 0 ? next_blocks : hdl_settings()->emu_sms;
  grid.lanes_per_block =
      next_lanes != 0 ? next_lanes : hdl_settings()->emu_warps * LANES_PER_WARP;
  if (grid.lanes_per_block > MAX_BLOCK_LANES)
    grid.lanes_per_block = MAX_BLOCK_LANES;
  grid.dynamic_bytes = next_dynamic_bytes;
  grid.warps_per_block =
      (grid.lanes_per_block + LANES_PER_WARP - 1) / LANES_PER_WARP;
  hdl_emu_set_geometry(0, 0, 0);

  struct grid **end = &arriving;
  while (*end != NULL)
    end = &(*end)->next;
  *end = &grid;
  atomic_store(&any_arrived, true);
  while (!grid.done) {
    if (driven) {
      pthread_cond_wait(&changed, &lock);
      continue;
    }
    driven = true;
    pthread_mutex_unlock(&lock);
    drive(&grid);
    pthread_mutex_lock(&lock);
    driven = false;
    pthread_cond_broadcast(&changed); /* somebody else may have to drive */
  }
  struct hdl_emu_counts after = hdl_emu_counts;
  pthread_mutex_unlock(&lock);
  hdl_output_finish(false);
  hdl_info(2,
           "kernel %llu: the runtime made %llu fences, and %llu updates and "
           "%llu loads that all blocks may see",
           (unsigned long long)grid.id,
           (unsigned long long)(after.fences - before.fences),
           (unsigned long long)(after.updates - before.updates),
           (unsigned long long)(after.loads - before.loads));
}

const struct hdl_emu_id *hdl_emu_self(void) {
  return &hdl_emu_device.current->id;
}

/* Looking at the clock takes time too: code that does something whenever so
 * many ticks have passed must see them pass. */
uint64_t hdl_emu_clock(void) { return hdl_emu_device.clock += POINT_NS; }
