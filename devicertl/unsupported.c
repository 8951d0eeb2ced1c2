/* unsupported.c - what clang can call and the runtime does not have yet.
 *
 * Each entry stops the program with the construct's name and source line, so
 * that nothing links to nothing and nothing runs wrong.  The types do not
 * matter beyond the location: the call does not return. */
#include "runtime.h"

/* Calls that pass their location first. */
#define UNSUPPORTED(symbol, construct)                                         \
  HDL_API int64_t symbol(const struct ident *loc) {                            \
    hdl_fault(HDL_FAULT_UNSUPPORTED, construct, ident_where(loc), 0, 0);       \
  }
/* Calls that do not say where they are. */
#define UNSUPPORTED_NO_LOC(symbol, construct)                                  \
  HDL_API int64_t symbol(void) {                                               \
    hdl_fault(HDL_FAULT_UNSUPPORTED, construct, NULL, 0, 0);                   \
  }

UNSUPPORTED(__kmpc_taskred_modifier_init, "reduction(task, ...)")
UNSUPPORTED(__kmpc_task_reduction_modifier_fini, "reduction(task, ...)")
UNSUPPORTED(__kmpc_copyprivate, "the copyprivate clause")
UNSUPPORTED(__kmpc_ordered, "the ordered construct")
UNSUPPORTED(__kmpc_end_ordered, "the ordered construct")
UNSUPPORTED(__kmpc_doacross_init, "ordered with doacross dependences")
UNSUPPORTED(__kmpc_doacross_wait, "ordered with doacross dependences")
UNSUPPORTED(__kmpc_doacross_post, "ordered with doacross dependences")
UNSUPPORTED(__kmpc_doacross_fini, "ordered with doacross dependences")
UNSUPPORTED(__kmpc_threadprivate_cached, "threadprivate")

UNSUPPORTED_NO_LOC(__kmpc_taskred_init,
                   "task_reduction or a taskloop reduction")
UNSUPPORTED_NO_LOC(__kmpc_task_reduction_get_th_data, "in_reduction")
UNSUPPORTED_NO_LOC(omp_set_num_teams, "omp_set_num_teams on the device")
UNSUPPORTED_NO_LOC(omp_set_teams_thread_limit,
                   "omp_set_teams_thread_limit on the device")
UNSUPPORTED_NO_LOC(omp_alloc, "omp_alloc on the device")
UNSUPPORTED_NO_LOC(omp_free, "omp_free on the device")
UNSUPPORTED_NO_LOC(omp_calloc, "omp_calloc on the device")
UNSUPPORTED_NO_LOC(omp_realloc, "omp_realloc on the device")
UNSUPPORTED_NO_LOC(omp_aligned_alloc, "omp_aligned_alloc on the device")
UNSUPPORTED_NO_LOC(omp_aligned_calloc, "omp_aligned_calloc on the device")
UNSUPPORTED_NO_LOC(omp_init_allocator, "omp_init_allocator on the device")
UNSUPPORTED_NO_LOC(omp_destroy_allocator, "omp_destroy_allocator on the device")
UNSUPPORTED_NO_LOC(omp_set_default_allocator,
                   "omp_set_default_allocator on the device")
UNSUPPORTED_NO_LOC(omp_get_default_allocator,
                   "omp_get_default_allocator on the device")
UNSUPPORTED_NO_LOC(omp_display_env, "omp_display_env on the device")
UNSUPPORTED_NO_LOC(ompc_display_affinity, "omp_display_affinity on the device")
UNSUPPORTED_NO_LOC(ompc_capture_affinity, "omp_capture_affinity on the device")
UNSUPPORTED_NO_LOC(ompc_set_affinity_format,
                   "omp_set_affinity_format on the device")
UNSUPPORTED_NO_LOC(ompc_get_affinity_format,
                   "omp_get_affinity_format on the device")
UNSUPPORTED_NO_LOC(omp_pause_resource, "omp_pause_resource on the device")
UNSUPPORTED_NO_LOC(omp_pause_resource_all,
                   "omp_pause_resource_all on the device")
UNSUPPORTED_NO_LOC(omp_target_alloc, "omp_target_alloc on the device")
UNSUPPORTED_NO_LOC(omp_target_free, "omp_target_free on the device")
UNSUPPORTED_NO_LOC(omp_target_memcpy, "omp_target_memcpy on the device")
UNSUPPORTED_NO_LOC(omp_target_is_present, "omp_target_is_present on the device")
UNSUPPORTED_NO_LOC(omp_get_mapped_ptr, "omp_get_mapped_ptr on the device")
