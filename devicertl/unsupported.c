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

UNSUPPORTED(__kmpc_threadprivate_cached, "threadprivate")

UNSUPPORTED_NO_LOC(omp_set_num_teams, "omp_set_num_teams on the device")
UNSUPPORTED_NO_LOC(omp_set_teams_thread_limit,
                   "omp_set_teams_thread_limit on the device")
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
