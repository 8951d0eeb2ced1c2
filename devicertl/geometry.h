/* geometry.h - what the runtime and the plugin agree on about a launch. */
#ifndef HDL_GEOMETRY_H
#define HDL_GEOMETRY_H

/* Warps of a block that become threads; the plugin launches no larger blocks of
 * a grid team.  The number of threads of a launch, blocks times warps, is its
 * thread limit. */
#define HDL_BLOCK_WARPS 4

#endif /* HDL_GEOMETRY_H */
