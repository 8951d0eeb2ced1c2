/* retarget.c - an nvptx64 image becomes an x86-64 shared object. */
#include "retarget.h"

#include "emulator.h"
#include "module.h"
#include "plugin.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <stdlib.h>

/* The image and the runtime are optimised code already.  What is left to do
 * is to fold the points and checks in and to clean up after them: a whole
 * default<O1> takes several times as long.  Most of the time goes into code
 * generation anyway. */
static const char passes[] =
    "always-inline,globaldce,function(early-cse<memssa>,simplifycfg)";

/* Take LLVM's message `text` into a sentence. */
static char *llvm_failed(const char *step, char *text) {
  char *error = hdl_sentence("LLVM cannot %s the image: %s", step, text);
  LLVMDisposeMessage(text);
  return error;
}

/* A code generator for the module's triple. */
static char *create_machine(LLVMModuleRef module,
                            LLVMTargetMachineRef *machine) {
  LLVMTargetRef target;
  char *text = NULL;
  if (LLVMGetTargetFromTriple(LLVMGetTarget(module), &target, &text))
    return llvm_failed("find a code generator for", text);
  /* The baseline CPU: a cached image may run on another machine. */
  *machine = LLVMCreateTargetMachine(target, LLVMGetTarget(module), "", "",
                                     LLVMCodeGenLevelLess, LLVMRelocPIC,
                                     LLVMCodeModelDefault);
  return NULL;
}

static char *optimise(LLVMModuleRef module, LLVMTargetMachineRef machine) {
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMErrorRef failed = LLVMRunPasses(module, passes, machine, options);
  LLVMDisposePassBuilderOptions(options);
  if (failed == NULL)
    return NULL;
  char *text = LLVMGetErrorMessage(failed);
  char *error = hdl_sentence("LLVM cannot optimise the image: %s", text);
  LLVMDisposeErrorMessage(text);
  return error;
}

/* All steps that change what the module does. */
static char *rewrite(LLVMModuleRef module) {
  uint64_t shared_bytes = 0;
  char *error = hdl_emu_lower_intrinsics(module);
  if (error == NULL)
    error = hdl_emu_lower_shared(module, &shared_bytes);
  if (error != NULL)
    return error;
  hdl_emu_add_points(module);
  hdl_emu_add_kernels(module, shared_bytes);
  char *text = NULL;
  if (LLVMVerifyModule(module, LLVMReturnStatusAction, &text))
    return llvm_failed("verify", text);
  LLVMDisposeMessage(text);
  return NULL;
}

/* From module to shared object. */
static char *emit(LLVMModuleRef module, LLVMTargetMachineRef machine,
                  void **elf, size_t *elf_size) {
  LLVMMemoryBufferRef object = NULL;
  char *text = NULL;
  if (LLVMTargetMachineEmitToMemoryBuffer(machine, module, LLVMObjectFile,
                                          &text, &object))
    return llvm_failed("generate code for", text);
  char *error = hdl_emu_link(LLVMGetBufferStart(object),
                             LLVMGetBufferSize(object), elf, elf_size);
  LLVMDisposeMemoryBuffer(object);
  return error;
}

char *hdl_emu_translate(const void *bitcode, size_t bitcode_size, void **elf,
                        size_t *elf_size) {
  LLVMContextRef context = LLVMContextCreate();
  LLVMModuleRef module = NULL;
  LLVMTargetMachineRef machine = NULL;
  char *error = hdl_module_load(context, bitcode, bitcode_size,
                                HDL_TARGET_EMULATOR, &module);
  if (error == NULL)
    error = rewrite(module);
  if (error == NULL)
    error = create_machine(module, &machine);
  if (error == NULL)
    error = optimise(module, machine);
  if (error == NULL)
    error = emit(module, machine, elf, elf_size);
  if (machine != NULL)
    LLVMDisposeTargetMachine(machine);
  if (module != NULL)
    LLVMDisposeModule(module);
  LLVMContextDispose(context);
  return error;
}
