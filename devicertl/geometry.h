/* geometry.h - what the runtime and the plugin agree on about a launch. */
#ifndef HDL_GEOMETRY_H
#define HDL_GEOMETRY_H

/* Warps of a block, at most.  The number of threads of a grid team, blocks times
 * warps, is the thread limit of its launch. */
#define HDL_BLOCK_WARPS 32

/* Blocks of a grid team, at most. */
#define HDL_MOST_BLOCKS 16383

/* Dynamic shared memory that a grid team needs for each warp of a block, which is
 * struct hdl_warp_state.  A league needs none. */
#define HDL_WARP_BYTES 976

#endif /* HDL_GEOMETRY_H */
