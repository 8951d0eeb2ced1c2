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

/* What they do in a target region OpenMP leaves open (18.8). */
#define UNSUPPORTED_MEMORY(symbol)                                             \
  UNSUPPORTED_NO_LOC(symbol, #symbol " on the device")
UNSUPPORTED_MEMORY(omp_target_alloc)
UNSUPPORTED_MEMORY(omp_target_free)
UNSUPPORTED_MEMORY(omp_target_is_present)
UNSUPPORTED_MEMORY(omp_target_is_accessible)
UNSUPPORTED_MEMORY(omp_target_memcpy)
UNSUPPORTED_MEMORY(omp_target_memcpy_rect)
UNSUPPORTED_MEMORY(omp_target_memcpy_async)
UNSUPPORTED_MEMORY(omp_target_memcpy_rect_async)
UNSUPPORTED_MEMORY(omp_target_memset)
UNSUPPORTED_MEMORY(omp_target_memset_async)
UNSUPPORTED_MEMORY(omp_target_associate_ptr)
UNSUPPORTED_MEMORY(omp_target_disassociate_ptr)
UNSUPPORTED_MEMORY(omp_get_mapped_ptr)
