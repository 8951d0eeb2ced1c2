/* api.c - the OpenMP run-time library on the device (OpenMP 5.2, chapter 18).
 */
#include "league.h"
#include "runtime.h"

static uint32_t my_num(void) {
  uint32_t num;
  hdl_team_here(&num);
  return num;
}
static const struct hdl_team *my_team(void) {
  uint32_t num;
  return hdl_team_here(&num);
}

/* Pure, so that it costs nothing where nobody uses the number. */
HDL_OUTLINE static __attribute__((pure)) int32_t lane_num(void) {
  return (int32_t)my_num();
}
HDL_INLINE_API int32_t __kmpc_global_thread_num(const struct ident *loc) {
  (void)loc;
  return hdl_is_whole_here() ? (int32_t)hdl_warp_thread()->num : lane_num();
}

/* Thread team routines, 18.2 and 18.3. */
HDL_API int omp_get_thread_num(void) { return (int)my_num(); }
HDL_API int omp_get_num_threads(void) { return (int)my_team()->size; }
HDL_API int omp_in_parallel(void) { return my_team()->active_level > 0; }
HDL_API int omp_get_level(void) { return (int)my_team()->level; }
HDL_API int omp_get_active_level(void) { return (int)my_team()->active_level; }

/* The team `up` levels out and the number of this thread's ancestor in it. */
static const struct hdl_team *ancestor(int level, uint32_t *num) {
  const struct hdl_team *team = hdl_team_here(num);
  if (level < 0 || level > (int)team->level)
    return NULL;
  while ((int)team->level > level) {
    *num = team->parent_num;
    team = team->parent;
  }
  return team;
}
HDL_API int omp_get_ancestor_thread_num(int level) {
  uint32_t num;
  return ancestor(level, &num) ? (int)num : -1;
}
HDL_API int omp_get_team_size(int level) {
  uint32_t num;
  const struct hdl_team *team = ancestor(level, &num);
  return team ? (int)team->size : -1;
}

/* 18.2.3: a region of lanes can have all of them, however few warps there are. */
HDL_API int omp_get_max_threads(void) {
  uint32_t n = hdl_icv_here()->nthreads, limit = hdl_thread_limit();
  if (limit < ARCH_LANES && !hdl_in_league() && !hdl_forks_grid(hdl_self()))
    limit = ARCH_LANES;
  return (int)(n == HDL_ALL_THREADS || n > limit ? limit : n);
}
HDL_API void omp_set_num_threads(int n) {
  if (n > 0)
    hdl_self()->task->icv.nthreads =
        (uint16_t)(n < (int)HDL_ALL_THREADS ? n : (int)HDL_ALL_THREADS);
}
HDL_API int omp_get_thread_limit(void) { return (int)hdl_thread_limit(); }
HDL_API int omp_get_num_procs(void) { return (int)hdl_thread_limit(); }
HDL_API int omp_get_dynamic(void) { return hdl_icv_here()->dynamic; }
HDL_API void omp_set_dynamic(int dynamic) {
  hdl_self()->task->icv.dynamic = dynamic != 0;
}
HDL_API int omp_get_max_active_levels(void) {
  return hdl_icv_here()->max_active_levels;
}
HDL_API void omp_set_max_active_levels(int levels) {
  if (levels >= 0)
    hdl_self()->task->icv.max_active_levels =
        levels < HDL_MAX_LEVELS ? (uint8_t)levels : HDL_MAX_LEVELS;
}
HDL_API int omp_get_supported_active_levels(void) { return HDL_MAX_LEVELS; }
HDL_API int omp_get_nested(void) { return omp_get_max_active_levels() > 1; }
HDL_API void omp_set_nested(int nested) {
  omp_set_max_active_levels(nested ? HDL_MAX_LEVELS : 1);
}

/* run-sched-var; the monotonic bit of omp_sched_t is accepted and unneeded. */
HDL_API void omp_set_schedule(uint32_t kind, int chunk) {
  struct hdl_icv *icv = &hdl_self()->task->icv;
  kind &= 0x7fffffff;
  if (kind < 1 || kind > 4)
    return;
  icv->sched = kind;
  icv->chunk = chunk > 0 ? chunk : 0;
}
HDL_API void omp_get_schedule(uint32_t *kind, int *chunk) {
  const struct hdl_icv *icv = hdl_icv_here();
  *kind = icv->sched;
  *chunk = icv->chunk;
}

/* Teams region routines, 18.4: a grid team is a league of one. */
HDL_API int omp_get_num_teams(void) {
  return hdl_in_league() ? (int)arch_blocks() : 1;
}
HDL_API int omp_get_team_num(void) {
  return hdl_in_league() ? (int)arch_block() : 0;
}

/* nteams-var and teams-thread-limit-var, each one for the device (2.1); 0: not
 * set.  The host launches teams and has its own, so these only tell what was
 * set. */
static uint32_t nteams_var, teams_thread_limit_var; /* atomic */

HDL_API void omp_set_num_teams(int n) {
  if (n > 0)
    arch_store_rlx_gpu(&nteams_var, (uint32_t)n);
}
HDL_API int omp_get_max_teams(void) {
  uint32_t n = arch_load_rlx_gpu(&nteams_var);
  return n ? (int)n : omp_get_num_teams();
}
HDL_API void omp_set_teams_thread_limit(int limit) {
  if (limit > 0)
    arch_store_rlx_gpu(&teams_thread_limit_var, (uint32_t)limit);
}
HDL_API int omp_get_teams_thread_limit(void) {
  uint32_t limit = arch_load_rlx_gpu(&teams_thread_limit_var);
  uint32_t all = hdl_thread_limit();
  return (int)(limit && limit < all ? limit : all);
}

/* Tasking routines, 18.5. */
HDL_API int omp_in_final(void) {
  return (hdl_self()->task->flags & HDL_TASK_FINAL) != 0;
}
HDL_API int omp_get_max_task_priority(void) {
  return (int)hdl_self()->grid->priorities;
}

HDL_API int omp_in_explicit_task(void) {
  return !(hdl_self()->task->flags & HDL_TASK_IMPLICIT);
}

/* Resources, 18.6: those of a device in use cannot be given up. */
HDL_API int omp_pause_resource(int kind, int device) {
  (void)kind, (void)device;
  return -1;
}
HDL_API int omp_pause_resource_all(int kind) {
  (void)kind;
  return -1;
}

/* Affinity, 18.3.7 ff.: places are not exposed. */
HDL_API int omp_get_proc_bind(void) { return 0; }
HDL_API int omp_get_num_places(void) { return 0; }
HDL_API int omp_get_place_num_procs(int place) {
  (void)place;
  return 0;
}
HDL_API void omp_get_place_proc_ids(int place, int *ids) {
  (void)place, (void)ids;
}
HDL_API int omp_get_place_num(void) { return -1; }
HDL_API int omp_get_partition_num_places(void) { return 0; }
HDL_API void omp_get_partition_place_nums(int *places) { (void)places; }

/* Cancellation, 18.2.8. */
HDL_API int omp_get_cancellation(void) { return hdl_block()->cancellation; }

/* `error at(execution)` (8.5.1): severity 1 warns, 2 ends the program. */
HDL_API void __kmpc_error(const struct ident *loc, int32_t severity,
                          const char *message) {
  if (severity == 1)
    hdl_note(HDL_NOTE_WARNING, message, ident_where(loc), 0);
  else
    hdl_fault(HDL_FAULT_ERROR, message, ident_where(loc), 0, 0);
}

/* Devices, 18.7.  libomptarget fills in the numbers at image load. */
struct device_environment {
  uint32_t debug_kind, num_devices, device_num, dynamic_mem_size;
  uint64_t clock_frequency, indirect_call_table, indirect_call_table_size;
  uint64_t hardware_parallelism;
};
_Static_assert(sizeof(struct device_environment) == 48, "DeviceEnvironmentTy");
HDL_API __attribute__((
    used)) volatile struct device_environment __omp_rtl_device_environment = {
    .num_devices = 1};

HDL_API int omp_get_num_devices(void) {
  return (int)arch_num_devices(__omp_rtl_device_environment.num_devices);
}
HDL_API int omp_get_device_num(void) {
  return (int)__omp_rtl_device_environment.device_num;
}
HDL_API int omp_get_initial_device(void) { return omp_get_num_devices(); }
HDL_API int omp_get_default_device(void) { return omp_get_device_num(); }
HDL_API void omp_set_default_device(int device) { (void)device; }
HDL_API int omp_is_initial_device(void) { return 0; }

/* Timing, 18.8. */
HDL_API double omp_get_wtime(void) { return (double)arch_clock_ns() * 1e-9; }
HDL_API double omp_get_wtick(void) { return 1e-9; }

/* <heddle.h> */
HDL_API int heddle_warp_id(void) {
  return (int)(hdl_in_league() ? arch_block() * arch_ntid() + arch_tid()
                               : hdl_self()->id);
}
