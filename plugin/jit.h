/* jit.h - bitcode to cubin, by LLVM's NVPTX back end and the driver. */
#ifndef HDL_JIT_H
#define HDL_JIT_H

#include <stddef.h>

/* Translate a portable image into a malloc'ed cubin for GPUs of capability
 * `sm`, of which there must be one.  Returns NULL or a malloc'ed sentence. */
char *hdl_jit_translate(const void *bitcode, size_t bitcode_size, unsigned sm,
                        void **cubin, size_t *cubin_size);

/* The same up to PTX text, for capability `sm` and for a driver of version
 * `driver` (see hdl_cuda_version); needs no GPU. */
char *hdl_jit_ptx(const void *bitcode, size_t bitcode_size, unsigned sm,
                  int driver, char **ptx, size_t *ptx_size);

/* Where the CUDA toolkit's mathematics library is, or NULL. */
const char *hdl_jit_libdevice(void);

#endif /* HDL_JIT_H */
