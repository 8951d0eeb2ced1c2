/* module.h - an image's bitcode on its way to a machine: parsed, with the
 * device runtime linked in and everything unneeded gone.  Shared by jit.c
 * (NVIDIA GPUs) and the emulator. */
#ifndef HDL_MODULE_H
#define HDL_MODULE_H

#include <llvm-c/Core.h>
#include <stddef.h>

enum hdl_target {
  HDL_TARGET_NVPTX = 1, /* keeps triple and layout; links the nvptx runtime */
  HDL_TARGET_EMULATOR,  /* retargets to this machine; links the x86-64 one */
};

/* Parse `bitcode` in `context`, prepare it for `target`, link the embedded
 * device runtime, internalize all but kernels, their environments, `declare
 * target` variables and the runtime's host-visible globals, and check that no
 * symbol is left undefined.
 *
 * Stores the module and returns NULL, or returns a malloc'ed sentence. */
char *hdl_module_load(LLVMContextRef context, const void *bitcode, size_t size,
                      enum hdl_target target, LLVMModuleRef *module);

/* The embedded device runtimes (bitcode), for module.c and the cache key. */
extern const unsigned char hdl_rtl_nvptx[], hdl_rtl_nvptx_end[];
extern const unsigned char hdl_rtl_emulator[], hdl_rtl_emulator_end[];

/* Once per process: turn off OpenMPOpt (it would assume LLVM's own runtime)
 * for every later pass pipeline in this libLLVM, initialise the targets. */
void hdl_module_init_llvm(void);

#endif /* HDL_MODULE_H */
