/* launch.c - see launch.h.
 *
 * A kernel whose environment allows one team (or does not speak of teams) is
 * a grid team: the runtime makes one team of all blocks.  Its thread is a
 * warp, so it gets blocks x warps threads, and the runtime takes that product
 * for the thread limit.  Anything else is a league of blocks, whose threads are
 * lanes. */
#include "launch.h"

#include "cuda.h"
#include "device.h"
#include "emulator/emulator.h"
#include "image.h"
#include "ompenv.h"
#include "plugin.h"

#include <stdatomic.h>

#define WARP                  32
#define SCHEDULERS            4   /* of an SM: so many warps run at once */
#define DEFAULT_BLOCK_THREADS 128 /* as clang and libomptarget have it */
#define LARGEST_BLOCK         1024
#define ANY_TEAMS             -1 /* max_teams of `target` without teams */
/* A loop that needs more teams than fit at once gets so many times as many: an
 * SM that is ahead takes more of them. */
#define LEAGUE_WAVES          16

struct shape {
  uint32_t blocks, warps;
};

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* The lesser of two limits, of which 0 is none. */
static uint32_t lesser_limit(uint32_t a, uint32_t b) {
  return a && b ? least(a, b) : a + b;
}

bool hdl_launch_is_grid_team(const struct tgt_kernel_environment *env) {
  return env->max_teams == ANY_TEAMS || env->max_teams == 1;
}

uint32_t hdl_fit_max_warps(const struct hdl_kernel *kernel) {
  int32_t threads = kernel->environment.max_threads;
  if (threads <= 0)
    threads = DEFAULT_BLOCK_THREADS;
  uint32_t warps = (uint32_t)threads / WARP;
  return warps == 0 ? 1 : least(warps, HDL_BLOCK_WARPS);
}

/* The thread limit that makes libomptarget launch blocks of `warps` warps: it
 * adds a warp to a generic kernel's.  A generic block of one warp gets one
 * hardware thread more, which the runtime counts as no warp. */
static uint32_t block_thread_limit(const struct hdl_kernel *kernel,
                                   uint32_t warps) {
  if (kernel->environment.exec_mode != TGT_EXEC_GENERIC)
    return warps * WARP;
  return warps > 1 ? (warps - 1) * WARP : 1;
}

uint32_t hdl_fit_block_threads(const struct hdl_kernel *kernel,
                               uint32_t warps) {
  uint32_t threads = block_thread_limit(kernel, warps);
  if (kernel->environment.exec_mode == TGT_EXEC_GENERIC)
    threads += WARP;
  int32_t most = kernel->environment.max_threads;
  return most > 0 ? least(threads, (uint32_t)most) : threads;
}

uint32_t hdl_fit_shared_bytes(const struct hdl_kernel *kernel, uint32_t warps) {
  bool is_grid_team = hdl_launch_is_grid_team(&kernel->environment);
  return is_grid_team ? warps * HDL_WARP_BYTES : 0;
}

/* As many threads as fit; of equal choices the one with the largest blocks: what
 * threads do together is fastest in a block. */
static struct shape full_shape(const struct hdl_fit *fit) {
  struct shape best = {0, 0};
  for (uint32_t warps = fit->max_warps; warps > 0; warps--)
    if (fit->blocks[warps] * warps > best.blocks * best.warps)
      best = (struct shape){fit->blocks[warps], warps};
  return best;
}

/* At most `limit` threads, and as near to it as blocks of one size allow.  Of
 * equal choices the one with the smallest blocks from `spread` warps on, so that
 * the threads have many SMs for themselves, or else the largest. */
static struct shape limited_shape(const struct hdl_fit *fit, uint32_t limit,
                                  uint32_t spread) {
  struct shape best = {0, 0};
  for (uint32_t warps = fit->max_warps; warps > 0; warps--) {
    uint32_t room = least(fit->blocks[warps], HDL_MOST_BLOCKS);
    uint32_t blocks = least(limit / warps, room);
    uint32_t threads = blocks * warps, most = best.blocks * best.warps;
    if (threads > most || (threads == most && warps >= spread))
      best = (struct shape){blocks, warps};
  }
  return best;
}

/* All `capacity` threads if `limit` (0: none) does not forbid it. */
static bool is_unlimited(uint32_t limit, uint32_t capacity) {
  static atomic_flag told = ATOMIC_FLAG_INIT;
  if (limit > capacity && !atomic_flag_test_and_set(&told))
    hdl_info(1, "%u threads asked for, but only %u fit; running with those",
             limit, capacity);
  return limit == 0 || limit >= capacity;
}

static struct shape gpu_shape(const struct hdl_fit *fit, uint32_t limit,
                              uint32_t multiprocessors) {
  struct shape all = full_shape(fit);
  uint32_t spread = (limit + multiprocessors - 1) / multiprocessors;
  return is_unlimited(limit, all.blocks * all.warps)
             ? all
             : limited_shape(fit, limit,
                             spread > SCHEDULERS ? spread : SCHEDULERS);
}

static struct shape emulator_shape(uint32_t limit) {
  const struct hdl_settings *settings = hdl_settings();
  uint32_t sms = settings->emu_sms, most = settings->emu_warps;
  if (is_unlimited(limit, sms * most))
    return (struct shape){sms, most};
  struct hdl_fit fit = {.max_warps = most};
  for (uint32_t warps = 1; warps <= most; warps++)
    fit.blocks[warps] = sms * most / warps;
  return limited_shape(&fit, limit, most);
}

static void launch_grid_team(struct hdl_kernel *kernel, int device,
                             int32_t *num_teams, int32_t *thread_limit,
                             struct tgt_kernel_args *args) {
  const struct hdl_omp_limits *env = hdl_omp_limits();
  uint32_t limit =
      lesser_limit(args->thread_limit[0], hdl_settings()->num_threads);
  limit = lesser_limit(limit, lesser_limit(env->threads, env->team_threads));

  struct shape shape;
  if (hdl_device_is_gpu()) {
    int ordinal = hdl_device_gpu(device);
    shape = gpu_shape(hdl_fit_on_gpu(kernel, ordinal), limit,
                      hdl_gpu(ordinal)->multiprocessors);
    args->dynamic_shared_bytes = hdl_fit_shared_bytes(kernel, shape.warps);
  } else {
    shape = emulator_shape(limit);
    hdl_emu_set_geometry(shape.blocks, shape.warps * WARP,
                         hdl_fit_shared_bytes(kernel, shape.warps));
  }
  args->num_teams[0] = shape.blocks;
  args->thread_limit[0] = block_thread_limit(kernel, shape.warps);
  args->tripcount = 0; /* it would size the grid by the loop */
  *num_teams = (int32_t)args->num_teams[0];
  *thread_limit = (int32_t)args->thread_limit[0];
  hdl_info(2, "%s: %u blocks of %u warps", kernel->name, shape.blocks,
           shape.warps);
}

struct league {
  uint32_t teams, threads; /* of each team */
};

/* How many blocks of `threads` lanes a GPU holds. */
static uint32_t resident_teams(const struct hdl_fit *fit, uint32_t threads) {
  uint32_t warps = (threads + WARP - 1) / WARP;
  uint32_t teams = warps <= fit->max_warps
                       ? fit->blocks[warps]
                       : fit->blocks[fit->max_warps] * fit->max_warps / warps;
  return teams ? teams : 1; /* the launch will say what is wrong */
}

/* Complete a league whose `teams` are 0, whose loop has `trip` iterations (0:
 * not known), and whose threads may be fewer if `is_free`. */
static void fill_gpu(struct league *l, const struct hdl_kernel *kernel,
                     const struct hdl_fit *fit, uint64_t trip, bool is_free,
                     uint32_t multiprocessors) {
  uint8_t mode = kernel->environment.exec_mode;
  if (trip > 0 && mode != TGT_EXEC_GENERIC) {
    if (mode == TGT_EXEC_SPMD) { /* else it is a loop of the teams */
      /* A short loop is spread over all SMs first. */
      while (is_free && l->threads >= 2 * WARP &&
             trip / l->threads < multiprocessors)
        l->threads /= 2;
      trip = (trip + l->threads - 1) / l->threads;
    }
    l->teams = resident_teams(fit, l->threads);
    /* Unless each costs more, to begin or to reduce. */
    if (kernel->environment.use_generic_state_machine != TGT_DIVIDES &&
        kernel->environment.reduction_records == 0)
      l->teams *= LEAGUE_WAVES;
  } else {
    l->teams = resident_teams(fit, l->threads);
  }
  if (trip > 0 && trip < l->teams)
    l->teams = (uint32_t)trip;
}

static void launch_league(struct hdl_kernel *kernel, int device,
                          int32_t *num_teams, int32_t *thread_limit,
                          struct tgt_kernel_args *args) {
  const struct hdl_omp_limits *env = hdl_omp_limits();
  int32_t most = kernel->environment.max_threads;
  uint32_t limit = lesser_limit(args->thread_limit[0],
                                lesser_limit(env->threads, env->team_threads));
  struct league league = {
      .teams = args->num_teams[0] ? args->num_teams[0] : env->teams,
      .threads = least(limit ? limit : DEFAULT_BLOCK_THREADS,
                       most > 0 ? (uint32_t)most : LARGEST_BLOCK),
  };
  if (hdl_device_is_gpu()) {
    int ordinal = hdl_device_gpu(device);
    const struct hdl_fit *fit = hdl_fit_on_gpu(kernel, ordinal);
    if (league.teams == 0)
      fill_gpu(&league, kernel, fit, args->tripcount, limit == 0,
               hdl_gpu(ordinal)->multiprocessors);
  } else {
    if (league.teams == 0)
      league.teams = hdl_settings()->emu_sms;
    hdl_emu_set_geometry(league.teams, league.threads, 0);
  }
  args->num_teams[0] = league.teams;
  args->thread_limit[0] = league.threads;
  args->tripcount = 0; /* it would size the league by the loop */
  *num_teams = (int32_t)league.teams;
  *thread_limit = (int32_t)league.threads;
  hdl_info(2, "%s: %u teams of %u threads", kernel->name, league.teams,
           league.threads);
}

void hdl_launch_prepare(struct hdl_kernel *kernel, int device,
                        int32_t *num_teams, int32_t *thread_limit,
                        struct tgt_kernel_args *args) {
  if (hdl_launch_is_grid_team(&kernel->environment))
    launch_grid_team(kernel, device, num_teams, thread_limit, args);
  else
    launch_league(kernel, device, num_teams, thread_limit, args);
}
