/* uses.h - what the program can make the runtime do, as constants.
 *
 * Whoever links runtime and program and sees both sets them (plugin/module.c);
 * then code for what the program never asks for is dropped, on the paths of
 * what it does.  Elsewhere (heddle-aot.cfg) all are true. */
#ifndef HDL_USES_H
#define HDL_USES_H

#include <stdbool.h>

extern const bool hdl_uses_cancel;   /* something may be cancelled */
extern const bool hdl_uses_depend;   /* tasks may have dependences or events */
extern const bool hdl_uses_threads;  /* explicit threads, or what they use */
extern const bool hdl_uses_groups;   /* tasks may be in a taskgroup */
extern const bool hdl_uses_taskloop; /* there are taskloops */
extern const bool hdl_uses_alloc;    /* omp_alloc and its relatives */
extern const bool hdl_uses_direct;   /* there are regions without a thunk */

#endif /* HDL_USES_H */
