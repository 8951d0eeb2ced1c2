/* output.h - what devices have printed goes to the program's streams.
 *
 * stdout and stderr are the program's own, so that its buffering and what it
 * prints itself are in order with the devices'.  Their locks come before the
 * lock of this file.  On a text of more than a quarter of a ring the streams'
 * locks are not held throughout. */
#ifndef HDL_OUTPUT_H
#define HDL_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a device has printed something that is still to be written. */
bool hdl_output_waits(void);

/* Write what can be written, unless another thread holds a stream.  Returns
 * whether there was something. */
bool hdl_output_drain(void);

/* A kernel has ended: write what it has printed.  `alone`: no other kernel
 * runs, which could be in the middle of printing. */
void hdl_output_finish(bool alone);

/* Whether what a device had printed before `fault` has been written. */
struct hdl_host_page;
struct hdl_fault;
bool hdl_output_is_before(struct hdl_host_page *page,
                          const struct hdl_fault *fault);

/* The process is about to end, and kernels will print no more: write all that
 * is complete, even behind what is not, and flush stdout. */
void hdl_output_rescue(void);

#endif /* HDL_OUTPUT_H */
