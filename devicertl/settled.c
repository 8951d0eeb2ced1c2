/* settled.c - reads what does not change while the function that asks runs.
 *
 * The compiler may then read it once, or take an old answer.  This file alone is
 * compiled without -fconvergent-functions: LLVM repeats what is convergent. */
#include "runtime.h"

/* A word of the block's memory. */
__attribute__((always_inline)) uint64_t
hdl_settled(const HDL_BLOCK_LOCAL uint64_t *p) {
  return arch_settled(p);
}
