/* heddle.h - what Heddle offers beyond OpenMP.
 *
 * The same source compiles for the device, for the host and without Heddle's
 * device runtime; on the host the functions below answer for one thread. */
#ifndef HEDDLE_H
#define HEDDLE_H

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The warp that runs the calling thread.
 *
 * @return its number in the kernel launch, from 0.  Constant while a tied task
 *         runs; two threads that run at the same time have different numbers,
 *         whatever team they belong to.  0 on the host.
 *
 * Does not block; any thread may call it.
 */
#ifdef __NVPTX__
int heddle_warp_id(void);
#else
static inline int heddle_warp_id(void) { return 0; }
#endif

#ifdef __cplusplus
}
#endif
#endif /* HEDDLE_H */
