/* cuda.h - the NVIDIA driver, loaded at run time; no toolkit is needed to
 * build or to run.
 *
 * Types, values and prototypes are those of the driver API as it has been
 * since CUDA 11; the driver exports them under the names listed here. */
#ifndef HDL_CUDA_H
#define HDL_CUDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int cu_result; /* CU_SUCCESS or an error */
typedef int cu_device;
typedef uint64_t cu_pointer;
typedef struct cu_context_state *cu_context;
typedef struct cu_module_state *cu_module;
typedef struct cu_function_state *cu_function;
typedef struct cu_link_state *cu_link;

enum {
  CU_SUCCESS = 0,
  CU_DEVICE_MULTIPROCESSORS = 16,
  CU_DEVICE_THREADS_PER_MULTIPROCESSOR = 39,
  CU_DEVICE_CAPABILITY_MAJOR = 75,
  CU_DEVICE_CAPABILITY_MINOR = 76,
  CU_DEVICE_USES_HOST_POINTERS = 91, /* for registered memory */
  CU_HOST_REGISTER_PORTABLE = 1,
  CU_HOST_REGISTER_DEVICEMAP = 2,
  CU_CTX_SCHED_MASK = 7, /* of the flags; 0: the driver chooses */
  CU_JIT_ERROR_LOG_BUFFER = 5,
  CU_JIT_ERROR_LOG_BYTES = 6,
  CU_FUNCTION_LOCAL_BYTES = 3, /* of each thread */
  CU_JIT_INPUT_PTX = 1,
};

/* HDL_CUDA_ENTRY(member, exported name, parameters) */
#define HDL_CUDA_ENTRIES                                                       \
  HDL_CUDA_ENTRY(init, "cuInit", (unsigned flags))                             \
  HDL_CUDA_ENTRY(driver_version, "cuDriverGetVersion", (int *version))         \
  HDL_CUDA_ENTRY(error_string, "cuGetErrorString",                             \
                 (cu_result error, const char **text))                         \
  HDL_CUDA_ENTRY(device_count, "cuDeviceGetCount", (int *count))               \
  HDL_CUDA_ENTRY(device_get, "cuDeviceGet", (cu_device * device, int ordinal)) \
  HDL_CUDA_ENTRY(device_name, "cuDeviceGetName",                               \
                 (char *name, int bytes, cu_device device))                    \
  HDL_CUDA_ENTRY(device_memory, "cuDeviceTotalMem_v2",                         \
                 (size_t *bytes, cu_device device))                            \
  HDL_CUDA_ENTRY(device_attribute, "cuDeviceGetAttribute",                     \
                 (int *value, int attribute, cu_device device))                \
  HDL_CUDA_ENTRY(context_retain, "cuDevicePrimaryCtxRetain",                   \
                 (cu_context * context, cu_device device))                     \
  HDL_CUDA_ENTRY(context_state, "cuDevicePrimaryCtxGetState",                  \
                 (cu_device device, unsigned *flags, int *active))             \
  HDL_CUDA_ENTRY(context_set_flags, "cuDevicePrimaryCtxSetFlags_v2",           \
                 (cu_device device, unsigned flags))                           \
  HDL_CUDA_ENTRY(context_push, "cuCtxPushCurrent_v2", (cu_context context))    \
  HDL_CUDA_ENTRY(context_pop, "cuCtxPopCurrent_v2", (cu_context * context))    \
  HDL_CUDA_ENTRY(host_register, "cuMemHostRegister_v2",                        \
                 (void *memory, size_t bytes, unsigned flags))                 \
  HDL_CUDA_ENTRY(host_device_pointer, "cuMemHostGetDevicePointer_v2",          \
                 (cu_pointer * pointer, void *memory, unsigned flags))         \
  HDL_CUDA_ENTRY(module_load, "cuModuleLoadData",                              \
                 (cu_module * module, const void *image))                      \
  HDL_CUDA_ENTRY(module_unload, "cuModuleUnload", (cu_module module))          \
  HDL_CUDA_ENTRY(function_attribute, "cuFuncGetAttribute",                     \
                 (int *value, int attribute, cu_function function))            \
  HDL_CUDA_ENTRY(module_function, "cuModuleGetFunction",                       \
                 (cu_function * function, cu_module module, const char *name)) \
  HDL_CUDA_ENTRY(                                                              \
      occupancy, "cuOccupancyMaxActiveBlocksPerMultiprocessor",                \
      (int *blocks, cu_function function, int block_size, size_t shared))      \
  HDL_CUDA_ENTRY(link_create, "cuLinkCreate_v2",                               \
                 (unsigned options, int *names, void **values, cu_link *link)) \
  HDL_CUDA_ENTRY(link_add, "cuLinkAddData_v2",                                 \
                 (cu_link link, int type, void *data, size_t bytes,            \
                  const char *name, unsigned options, int *names,              \
                  void **values))                                              \
  HDL_CUDA_ENTRY(link_complete, "cuLinkComplete",                              \
                 (cu_link link, void **cubin, size_t *bytes))                  \
  HDL_CUDA_ENTRY(link_destroy, "cuLinkDestroy", (cu_link link))

struct hdl_cuda {
#define HDL_CUDA_ENTRY(member, symbol, parameters)                             \
  cu_result(*member) parameters;
  HDL_CUDA_ENTRIES
#undef HDL_CUDA_ENTRY
};

struct hdl_gpu {
  cu_device device;
  char name[128];
  uint32_t sm; /* compute capability times ten, such as 90 */
  uint32_t multiprocessors;
  uint32_t threads_per_multiprocessor; /* hardware threads that can reside */
  uint64_t memory_bytes;
};

/* Load the driver and look at its GPUs, once per process.  Returns NULL when
 * at least one can be used, else a sentence that says why none can. */
const char *hdl_cuda_open(void);

/* After hdl_cuda_open() returned NULL. */
extern struct hdl_cuda hdl_cuda;
int hdl_cuda_version(void); /* of the driver, 1000 * major + 10 * minor */
int hdl_gpu_count(void);    /* including those that cannot be used */
const struct hdl_gpu *hdl_gpu(int ordinal);
#define HDL_OLDEST_SM 70

/* What the driver says about `error`. */
const char *hdl_cuda_error(cu_result error);

/* Make the primary context of a GPU current, creating it if nobody has.
 * Returns 0, or the driver's error; then nothing is to be popped. */
cu_result hdl_gpu_push(int ordinal);
void hdl_gpu_pop(void);

/* Hardware stack per thread and device heap of a GPU: what HEDDLE_STACK_SIZE
 * and HEDDLE_HEAP_SIZE say, else chosen by its size. */
uint64_t hdl_gpu_stack_bytes(const struct hdl_gpu *gpu);
uint64_t hdl_gpu_heap_bytes(const struct hdl_gpu *gpu);

#endif /* HDL_CUDA_H */
