/* launch.h - the geometry of a launch: how many blocks of how many warps. */
#ifndef HDL_LAUNCH_H
#define HDL_LAUNCH_H

#include "geometry.h"
#include "tgt.h"

#include <stdbool.h>

struct hdl_kernel;

/* Rewrite a launch of `kernel` on OpenMP device `device`: a grid team gets
 * all warps that fit, or as many as it may have; a league keeps its size.
 * `args` is the caller's own copy.  Prepares the device on first use. */
void hdl_launch_prepare(struct hdl_kernel *kernel, int device,
                        int32_t *num_teams, int32_t *thread_limit,
                        struct tgt_kernel_args *args);

/* Whether the kernels with this environment are grid teams; else leagues. */
bool hdl_launch_is_grid_team(const struct tgt_kernel_environment *env);

/* How much of a kernel a device can hold at once. */
struct hdl_fit {
  uint32_t max_warps;                   /* of a block; 0: not yet known */
  uint32_t blocks[HDL_BLOCK_WARPS + 1]; /* that fit, by warps per block */
};

/* Most warps that a block of `kernel` may have. */
uint32_t hdl_fit_max_warps(const struct hdl_kernel *kernel);

/* What libomptarget makes of a block of `warps` warps: hardware threads. */
uint32_t hdl_fit_block_threads(const struct hdl_kernel *kernel, uint32_t warps);

/* And the dynamic shared memory that such a block needs, in bytes. */
uint32_t hdl_fit_shared_bytes(const struct hdl_kernel *kernel, uint32_t warps);

/* occupancy.c: what fits on GPU `ordinal`, asked of the driver once per
 * library; prepares the GPU.  Ends the process if the driver cannot load the
 * library. */
const struct hdl_fit *hdl_fit_on_gpu(struct hdl_kernel *kernel, int ordinal);

#endif /* HDL_LAUNCH_H */
