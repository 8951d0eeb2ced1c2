/* teammem.h - the part of a block's shared memory that programs allocate. */
#ifndef HDL_TEAMMEM_H
#define HDL_TEAMMEM_H

#include "runtime.h"

/* First lane of a block of a league, before any other does anything. */
void hdl_teammem_begin(void);

/* `bytes` of the team's shared memory, 16-byte aligned, or NULL if there are
 * not so many in a row.  Any thread of a league. */
void *hdl_teammem_take(uint64_t bytes);

/* `p`, taken with that size, is free again. */
void hdl_teammem_give(void *p, uint64_t bytes);

#endif /* HDL_TEAMMEM_H */
