/* device.h - where kernels run: the GPUs of this machine or the emulator. */
#ifndef HDL_DEVICE_H
#define HDL_DEVICE_H

#include <stdbool.h>

/* Whether kernels run on GPUs; decided once per process, by HEDDLE_DEVICE and
 * by what is there.  Ends the process when HEDDLE_DEVICE asks for a GPU that
 * cannot be used. */
bool hdl_device_is_gpu(void);

/* Whether OMP_TARGET_OFFLOAD keeps everything on the host, or nothing. */
bool hdl_device_is_disabled(void);
bool hdl_device_is_mandatory(void);

/* The name of an OpenMP device, for messages. */
const char *hdl_device_name(int device);

/* The GPU that is OpenMP device `device` (its ordinal in the driver's list),
 * or -1.  libomptarget numbers GPUs in the order in which the images that a
 * program registers can use them; hdl_device_note_image() keeps the same
 * count and is to be called for each image, in order. */
int hdl_device_gpu(int device);
void hdl_device_note_image(unsigned sm);

#endif /* HDL_DEVICE_H */
