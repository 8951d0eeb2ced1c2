/* device.c - chooses between the GPUs and the emulator. */
#include "device.h"

#include "cuda.h"
#include "plugin.h"

#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

#define MAX_GPUS 256

static bool use_gpu;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* OpenMP device number -> ordinal of the GPU. */
static int gpu_of_device[MAX_GPUS];
static int device_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void choose(void) {
  enum hdl_device_choice choice = hdl_settings()->device;
  if (choice == HDL_DEVICE_EMULATOR) {
    hdl_info(1, "kernels run on the emulator, as HEDDLE_DEVICE says");
    return;
  }
  const char *why_not = hdl_cuda_open();
  use_gpu = why_not == NULL;
  if (use_gpu)
    hdl_info(1, "kernels run on %s", hdl_gpu(0)->name);
  else if (choice == HDL_DEVICE_CUDA)
    hdl_die("HEDDLE_DEVICE is cuda, but %s; unset it to run on the emulator",
            why_not);
  else
    hdl_info(1, "kernels run on the emulator, because %s", why_not);
}

bool hdl_device_is_gpu(void) {
  pthread_once(&once, choose);
  return use_gpu;
}

static bool policy_is(const char *name) {
  const char *policy = getenv("OMP_TARGET_OFFLOAD");
  return policy && strcasecmp(policy, name) == 0;
}

bool hdl_device_is_disabled(void) { return policy_is("disabled"); }

bool hdl_device_is_mandatory(void) { return policy_is("mandatory"); }

int hdl_device_gpu(int device) {
  pthread_mutex_lock(&lock);
  int ordinal =
      device >= 0 && device < device_count ? gpu_of_device[device] : -1;
  pthread_mutex_unlock(&lock);
  return ordinal;
}

const char *hdl_device_name(int device) {
  if (!hdl_device_is_gpu())
    return "the emulator";
  int ordinal = hdl_device_gpu(device);
  return ordinal < 0 ? "the GPU" : hdl_gpu(ordinal)->name;
}

/* Whether GPU `ordinal` already has a device number.  The lock is held. */
static bool is_numbered(int ordinal) {
  for (int i = 0; i < device_count; i++)
    if (gpu_of_device[i] == ordinal)
      return true;
  return false;
}

void hdl_device_note_image(unsigned sm) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < hdl_gpu_count() && device_count < MAX_GPUS; i++) {
    unsigned gpu_sm = hdl_gpu(i)->sm;
    bool fits = gpu_sm / 10 == sm / 10 && gpu_sm % 10 >= sm % 10;
    if (fits && !is_numbered(i))
      gpu_of_device[device_count++] = i;
  }
  pthread_mutex_unlock(&lock);
}
