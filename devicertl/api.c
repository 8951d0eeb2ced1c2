/* api.c - the OpenMP run-time library on the device (OpenMP 5.2, chapter 18).
 */
#include "runtime.h"

HDL_API int32_t __kmpc_global_thread_num(const struct ident *loc) {
  (void)loc;
  return (int32_t)hdl_self()->num;
}

/* Thread team routines, 18.2 and 18.3. */
HDL_API int omp_get_thread_num(void) { return (int)hdl_self()->num; }
HDL_API int omp_get_num_threads(void) { return (int)hdl_self()->team->size; }
HDL_API int omp_in_parallel(void) { return hdl_self()->team->active_level > 0; }
HDL_API int omp_get_level(void) { return (int)hdl_self()->team->level; }
HDL_API int omp_get_active_level(void) {
  return (int)hdl_self()->team->active_level;
}

/* The team `up` levels out and the number of this thread's ancestor in it. */
static const struct hdl_team *ancestor(int level, uint32_t *num) {
  const struct hdl_thread *t = hdl_self();
  const struct hdl_team *team = t->team;
  *num = t->num;
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

/* nthreads-var counts to 65534; above, it means all threads of the grid. */
HDL_API int omp_get_max_threads(void) {
  const struct hdl_thread *t = hdl_self();
  uint32_t n = t->task->icv.nthreads;
  return (int)(n == 0xffff || n > t->grid->workers ? t->grid->workers : n);
}
HDL_API void omp_set_num_threads(int n) {
  if (n > 0)
    hdl_self()->task->icv.nthreads = n < 0xffff ? (uint16_t)n : 0xffff;
}
HDL_API int omp_get_thread_limit(void) {
  return (int)hdl_self()->grid->workers;
}
HDL_API int omp_get_num_procs(void) { return (int)hdl_self()->grid->workers; }
HDL_API int omp_get_dynamic(void) { return hdl_self()->task->icv.dynamic; }
HDL_API void omp_set_dynamic(int dynamic) {
  hdl_self()->task->icv.dynamic = dynamic != 0;
}
HDL_API int omp_get_max_active_levels(void) {
  return hdl_self()->task->icv.max_active_levels;
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
  const struct hdl_icv *icv = &hdl_self()->task->icv;
  *kind = icv->sched;
  *chunk = icv->chunk;
}

/* Teams region routines, 18.4: a grid team is a league of one. */
HDL_API int omp_get_num_teams(void) { return 1; }
HDL_API int omp_get_team_num(void) { return 0; }
HDL_API int omp_get_max_teams(void) { return 1; }
HDL_API int omp_get_teams_thread_limit(void) { return omp_get_thread_limit(); }

/* Tasking routines, 18.5. */
HDL_API int omp_in_explicit_task(void) {
  return (hdl_self()->task->flags & HDL_TASK_IMPLICIT) == 0;
}
HDL_API int omp_in_final(void) {
  return (hdl_self()->task->flags & HDL_TASK_FINAL) != 0;
}
HDL_API int omp_get_max_task_priority(void) { return 0; }

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
HDL_API int omp_get_cancellation(void) { return hdl_cancellation(); }

/* `error at(execution)` (8.5.1): severity 1 warns, 2 ends the program. */
HDL_API void __kmpc_error(const struct ident *loc, int32_t severity,
                          const char *message) {
  if (severity == 1)
    hdl_note(HDL_NOTE_WARNING, message, ident_where(loc));
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
HDL_API int heddle_warp_id(void) { return (int)hdl_self()->id; }
