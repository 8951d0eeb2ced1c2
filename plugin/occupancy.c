/* occupancy.c - asks the driver how many blocks of a kernel a GPU holds.
 *
 * libomptarget keeps its modules to itself, so the library is loaded once
 * more for the question, and unloaded. */
#include "cuda.h"
#include "image.h"
#include "launch.h"
#include "page.h"
#include "plugin.h"

#include <pthread.h>
#include <stdlib.h>

static bool *prepared; /* per GPU */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The GPU's context is current, the lock is held. */
static void prepare_gpu(int ordinal) {
  if (!prepared)
    prepared = calloc((size_t)hdl_gpu_count(), sizeof *prepared);
  if (!prepared)
    hdl_die("this machine is out of memory");
  char *error = hdl_page_register(ordinal); /* a library may have come since */
  if (error)
    hdl_die("%s", error);
  if (prepared[ordinal])
    return;
  prepared[ordinal] = true;
  const struct hdl_gpu *gpu = hdl_gpu(ordinal);
  hdl_info(1, "%s: stack of %llu KiB per hardware thread, heap of %llu MiB",
           gpu->name, (unsigned long long)hdl_gpu_stack_bytes(gpu) >> 10,
           (unsigned long long)hdl_gpu_heap_bytes(gpu) >> 20);
}

static void measure_kernel(struct hdl_kernel *kernel, cu_module module,
                           int ordinal) {
  struct hdl_fit *fit = &kernel->fits[ordinal];
  cu_function function;
  cu_result error = hdl_cuda.module_function(&function, module, kernel->name);
  if (error) /* an entry without code: nobody can launch it */
    return;
  uint32_t max_warps = hdl_fit_max_warps(kernel);
  for (uint32_t warps = 1; warps <= max_warps; warps++) {
    int blocks = 0;
    error = hdl_cuda.occupancy(&blocks, function,
                               (int)hdl_fit_block_threads(kernel, warps),
                               hdl_fit_shared_bytes(kernel, warps));
    if (error)
      hdl_die("the NVIDIA driver cannot tell how many blocks of %s fit on %s "
              "(%s)",
              kernel->name, hdl_gpu(ordinal)->name, hdl_cuda_error(error));
    uint32_t per_multiprocessor = blocks > 0 ? (uint32_t)blocks : 0;
    fit->blocks[warps] = per_multiprocessor * hdl_gpu(ordinal)->multiprocessors;
  }
  if (fit->blocks[1] == 0)
    fit->blocks[1] = 1; /* the launch will say what is wrong */
  fit->max_warps = max_warps;
}

static void measure_library(struct hdl_library *library, int ordinal) {
  const struct hdl_gpu *gpu = hdl_gpu(ordinal);
  const struct tgt_image *image = hdl_library_cubin(library, gpu->sm);
  if (!image)
    hdl_die("this program has no image for %s (sm_%u); build it with "
            "heddle.cfg, or with heddle-aot.cfg and --offload-arch=sm_%u",
            gpu->name, gpu->sm, gpu->sm);
  cu_module module;
  cu_result error = hdl_cuda.module_load(&module, image->start);
  if (error)
    hdl_die("the NVIDIA driver cannot load this program on %s (%s)", gpu->name,
            hdl_cuda_error(error));
  for (size_t i = 0; i < library->kernel_count; i++) {
    struct hdl_kernel *kernel = &library->kernels[i];
    if (!kernel->fits)
      kernel->fits = calloc((size_t)hdl_gpu_count(), sizeof *kernel->fits);
    if (!kernel->fits)
      hdl_die("this machine is out of memory");
    if (kernel->is_known)
      measure_kernel(kernel, module, ordinal);
  }
  hdl_cuda.module_unload(module);
}

const struct hdl_fit *hdl_fit_on_gpu(struct hdl_kernel *kernel, int ordinal) {
  pthread_mutex_lock(&lock);
  if (!kernel->fits || kernel->fits[ordinal].max_warps == 0) {
    cu_result error = hdl_gpu_push(ordinal);
    if (error)
      hdl_die("the NVIDIA driver cannot open %s (%s)", hdl_gpu(ordinal)->name,
              hdl_cuda_error(error));
    prepare_gpu(ordinal);
    measure_library(kernel->library, ordinal);
    hdl_gpu_pop();
  }
  const struct hdl_fit *fit = &kernel->fits[ordinal];
  pthread_mutex_unlock(&lock);
  if (fit->max_warps == 0)
    hdl_die("%s is not in this program's image; rebuild the program",
            kernel->name);
  return fit;
}
