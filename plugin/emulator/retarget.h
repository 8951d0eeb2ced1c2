/* retarget.h - the steps of hdl_emu_translate, one file each, and the names
 * that the translated code and the running emulator share. */
#ifndef HDL_EMU_RETARGET_H
#define HDL_EMU_RETARGET_H

#include <llvm-c/Core.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The next multiple of `unit`. */
static inline uint64_t hdl_emu_round_up(uint64_t value, uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

/* Function attributes that module.c leaves behind. */
#define HDL_ATTRIBUTE_KERNEL  "hdl-kernel"  /* the host launches it */
#define HDL_ATTRIBUTE_RUNTIME "hdl-runtime" /* part of the device runtime */
bool hdl_module_has_attribute(LLVMValueRef function, const char *name);

/* A kernel as translated code hands it to hdl_emu_launch (kernels.c). */
struct hdl_emu_kernel {
  const char *name;
  void (*lane)(const uint64_t *args); /* the kernel's body for one lane */
  uint64_t shared_bytes;              /* shared memory of a block */
};

/* intrinsics.c: whether the emulator or the C library defines `name`, once
 * hdl_emu_lower_intrinsics has given it the name it has there. */
bool hdl_emu_provides(const char *name);

/* intrinsics.c: replace what only an NVIDIA GPU has.  NULL or a sentence. */
char *hdl_emu_lower_intrinsics(LLVMModuleRef module);

/* shared.c: move shared-memory variables to offsets from the pointer
 * hdl_emu_shared.  NULL and the bytes a block needs, or a sentence. */
char *hdl_emu_lower_shared(LLVMModuleRef module, uint64_t *shared_bytes);

/* points.c: make user code a good citizen of the scheduler: a switch point
 * before each atomic and volatile access and now and then in loops.  And check
 * that no code, the runtime's included, touches another lane's stack. */
void hdl_emu_add_points(LLVMModuleRef module);

/* kernels.c: give every kernel an entry for libomptarget's host plugin. */
void hdl_emu_add_kernels(LLVMModuleRef module, uint64_t shared_bytes);

/* link.c: link an ELF object to a shared object.  NULL and a malloc'ed image,
 * or a sentence. */
char *hdl_emu_link(const void *object, size_t object_size, void **elf,
                   size_t *elf_size);

#endif /* HDL_EMU_RETARGET_H */
