/* cuda.c - finds the driver and the GPUs. */
#include "cuda.h"

#include "plugin.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define KIB UINT64_C(1024)
#define GIB (KIB * KIB * KIB)

/* Defaults leave three quarters of the memory to the program's data. */
#define STACK_SHARE 8 /* of memory, for the stacks of all resident threads */
#define STACK_MIN   (4 * KIB)
#define STACK_MAX   (32 * KIB)
#define HEAP_SHARE  8
#define HEAP_MAX    (4 * GIB)

struct hdl_cuda hdl_cuda;

static struct hdl_gpu *gpus;
static cu_context *contexts; /* per GPU; NULL until first pushed */
static int gpu_count;
static int driver_version;
static const char *why_not; /* hdl_cuda_open's answer */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t context_lock = PTHREAD_MUTEX_INITIALIZER;

const char *hdl_cuda_error(cu_result error) {
  const char *text = NULL;
  if (!hdl_cuda.error_string ||
      hdl_cuda.error_string(error, &text) != CU_SUCCESS || !text)
    return "unknown error";
  return text;
}

static char *load_entries(void) {
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return hdl_sentence("the NVIDIA driver is not installed (%s)", dlerror());
  static const struct {
    const char *symbol;
    void *member;
  } entries[] = {
#define HDL_CUDA_ENTRY(member, symbol, parameters) {symbol, &hdl_cuda.member},
      HDL_CUDA_ENTRIES
#undef HDL_CUDA_ENTRY
  };
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    void *function = dlsym(library, entries[i].symbol);
    if (!function)
      return hdl_sentence("the NVIDIA driver is too old: it has no %s; install "
                          "release 520 or newer",
                          entries[i].symbol);
    memcpy(entries[i].member, &function, sizeof function);
  }
  return NULL;
}

static uint32_t attribute(cu_device device, int which) {
  int value = 0;
  cu_result error = hdl_cuda.device_attribute(&value, which, device);
  return error == CU_SUCCESS && value > 0 ? (uint32_t)value : 0;
}

static cu_result describe_gpu(struct hdl_gpu *gpu, int ordinal) {
  cu_result error = hdl_cuda.device_get(&gpu->device, ordinal);
  if (error)
    return error;
  error = hdl_cuda.device_name(gpu->name, sizeof gpu->name, gpu->device);
  if (error)
    return error;
  size_t bytes;
  error = hdl_cuda.device_memory(&bytes, gpu->device);
  if (error)
    return error;
  gpu->memory_bytes = bytes;
  gpu->sm = 10 * attribute(gpu->device, CU_DEVICE_CAPABILITY_MAJOR) +
            attribute(gpu->device, CU_DEVICE_CAPABILITY_MINOR);
  gpu->multiprocessors = attribute(gpu->device, CU_DEVICE_MULTIPROCESSORS);
  gpu->threads_per_multiprocessor =
      attribute(gpu->device, CU_DEVICE_THREADS_PER_MULTIPROCESSOR);
  return CU_SUCCESS;
}

static char *list_gpus(void) {
  cu_result error = hdl_cuda.device_count(&gpu_count);
  if (error)
    return hdl_sentence("the NVIDIA driver cannot list its GPUs (%s)",
                        hdl_cuda_error(error));
  gpus = calloc((size_t)gpu_count + 1, sizeof *gpus);
  contexts = calloc((size_t)gpu_count + 1, sizeof *contexts);
  if (!gpus || !contexts)
    hdl_die("this machine is out of memory");
  bool usable = false;
  for (int i = 0; i < gpu_count; i++) {
    error = describe_gpu(&gpus[i], i);
    if (error)
      return hdl_sentence("the NVIDIA driver cannot describe GPU %d (%s)", i,
                          hdl_cuda_error(error));
    usable |= gpus[i].sm >= HDL_OLDEST_SM;
  }
  if (gpu_count == 0)
    return hdl_sentence("the NVIDIA driver sees no GPU");
  if (!usable)
    return hdl_sentence("%s has compute capability %u.%u, but Heddle needs "
                        "7.0 or newer",
                        gpus[0].name, gpus[0].sm / 10, gpus[0].sm % 10);
  return NULL;
}

static void open_driver(void) {
  why_not = load_entries();
  if (why_not)
    return;
  cu_result error = hdl_cuda.init(0);
  if (error)
    why_not = hdl_sentence("the NVIDIA driver does not start (%s)",
                           hdl_cuda_error(error));
  else if (hdl_cuda.driver_version(&driver_version) != CU_SUCCESS)
    why_not = "the NVIDIA driver does not tell its version";
  else
    why_not = list_gpus();
}

const char *hdl_cuda_open(void) {
  pthread_once(&once, open_driver);
  return why_not;
}

int hdl_cuda_version(void) { return driver_version; }

int hdl_gpu_count(void) { return gpu_count; }

const struct hdl_gpu *hdl_gpu(int ordinal) { return &gpus[ordinal]; }

/* libomptarget lets the host's threads sleep until an interrupt tells them that
 * a kernel has ended, 30 us and more after its end, unless it finds a context
 * that exists already.  The context gets the flags that CUDA's own programs
 * have, whoever has been first. */
static void wait_awake(cu_device device) {
  unsigned flags;
  int active;
  if (hdl_cuda.context_state(device, &flags, &active) == CU_SUCCESS)
    hdl_cuda.context_set_flags(device, flags & ~CU_CTX_SCHED_MASK);
}

cu_result hdl_gpu_push(int ordinal) {
  cu_result error = CU_SUCCESS;
  pthread_mutex_lock(&context_lock);
  if (!contexts[ordinal]) {
    error = hdl_cuda.context_retain(&contexts[ordinal], gpus[ordinal].device);
    if (!error)
      wait_awake(gpus[ordinal].device);
  }
  pthread_mutex_unlock(&context_lock);
  return error ? error : hdl_cuda.context_push(contexts[ordinal]);
}

void hdl_gpu_pop(void) {
  cu_context popped;
  hdl_cuda.context_pop(&popped);
}

uint64_t hdl_gpu_stack_bytes(const struct hdl_gpu *gpu) {
  uint64_t wanted = hdl_settings()->stack_bytes;
  if (wanted)
    return wanted;
  uint64_t threads =
      (uint64_t)gpu->multiprocessors * gpu->threads_per_multiprocessor;
  uint64_t bytes = STACK_MAX;
  while (bytes > STACK_MIN && bytes * threads > gpu->memory_bytes / STACK_SHARE)
    bytes /= 2;
  return bytes;
}

uint64_t hdl_gpu_heap_bytes(const struct hdl_gpu *gpu) {
  uint64_t wanted = hdl_settings()->heap_bytes;
  if (wanted)
    return wanted;
  uint64_t share = gpu->memory_bytes / HEAP_SHARE;
  return share < HEAP_MAX ? share : HEAP_MAX;
}
