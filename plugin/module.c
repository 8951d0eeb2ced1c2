/* module.c - parse, prepare, link, internalize and audit an image. */
#include "module.h"

#include "emulator/retarget.h"
#include "plugin.h"

#include <llvm-c/BitReader.h>
#include <llvm-c/Core.h>
#include <llvm-c/Linker.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <llvm/Config/llvm-config.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* LLVM's number of the calling convention ptx_kernel. */
#define CC_PTX_KERNEL        71u
#define ADDRESS_SPACE_SHARED 3u
/* An error names this many symbols at most. */
#define NAMED_SYMBOLS        6u

/* The body of hdl_module_init_llvm. */
static void init_llvm(void) {
  /* Options are global to libLLVM and cannot be set per pipeline: the image
   * carries the module flag "openmp-device", which makes every default<On>
   * run OpenMPOpt, and that pass assumes LLVM's own device runtime. */
  const char *argv[] = {"heddle", "-openmp-opt-disable",
                        /* What the pass does when it is asked to run. */
                        "-expand-variadics-override=lowering"};
  LLVMParseCommandLineOptions(3, argv, NULL);
  LLVMInitializeNativeTarget();
  LLVMInitializeNativeAsmPrinter();
  LLVMInitializeNativeAsmParser(); /* arch/emu.h has inline assembly */
  LLVMInitializeNVPTXTargetInfo();
  LLVMInitializeNVPTXTarget();
  LLVMInitializeNVPTXTargetMC();
  LLVMInitializeNVPTXAsmPrinter();
}

void hdl_module_init_llvm(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, init_llvm);
}

/* Keeps the first error LLVM reports; warnings (mixed DWARF versions and the
 * like) are of no use to the person who runs the program. */
static void keep_error(LLVMDiagnosticInfoRef info, void *first_error) {
  char **kept = first_error;
  if (*kept != NULL || LLVMGetDiagInfoSeverity(info) != LLVMDSError)
    return;
  char *text = LLVMGetDiagInfoDescription(info);
  *kept = strdup(text);
  LLVMDisposeMessage(text);
}

/* Parse bitcode that is called `name` in messages. */
static char *parse(LLVMContextRef context, const void *bitcode, size_t size,
                   const char *name, LLVMModuleRef *module) {
  LLVMMemoryBufferRef buffer =
      LLVMCreateMemoryBufferWithMemoryRange(bitcode, size, name, false);
  LLVMBool failed = LLVMParseBitcodeInContext2(context, buffer, module);
  LLVMDisposeMemoryBuffer(buffer);
  return failed ? hdl_sentence("%s is not bitcode that LLVM %s can read", name,
                               LLVM_VERSION_STRING)
                : NULL;
}

bool hdl_module_has_attribute(LLVMValueRef function, const char *name) {
  return LLVMGetStringAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                                       name, (unsigned)strlen(name)) != NULL;
}

/* Give `function` the string attribute `name`, which only Heddle reads. */
static void mark(LLVMValueRef function, const char *name) {
  LLVMContextRef context = LLVMGetModuleContext(LLVMGetGlobalParent(function));
  LLVMAddAttributeAtIndex(
      function, LLVMAttributeFunctionIndex,
      LLVMCreateStringAttribute(context, name, (unsigned)strlen(name), "", 0));
}

static void remove_attribute(LLVMValueRef function, const char *name) {
  LLVMRemoveStringAttributeAtIndex(function, LLVMAttributeFunctionIndex, name,
                                   (unsigned)strlen(name));
}

static unsigned attribute_kind(const char *name) {
  return LLVMGetEnumAttributeKindForName(name, strlen(name));
}

/* Take the machine the image was compiled for out of `module`.  User code is
 * for sm_70 and the runtime for a baseline CPU, and LLVM does not inline
 * between functions whose machines differ. */
static void strip_machine(LLVMModuleRef module) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f)) {
    remove_attribute(f, "target-cpu");
    remove_attribute(f, "target-features");
    remove_attribute(f, "tune-cpu");
    if (LLVMGetFunctionCallConv(f) == CC_PTX_KERNEL)
      mark(f, HDL_ATTRIBUTE_KERNEL);
  }
}

/* Turn an nvptx64 module into one for the emulator's machine.  Both are LP64
 * and little-endian with the same alignments, so layouts stay valid. */
static void retarget(LLVMModuleRef module) {
  unsigned always_inline = attribute_kind("alwaysinline");
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f)) {
    /* Kernels are not called; other conventions, which calls repeat, are
     * not NVIDIA's. */
    if (LLVMGetFunctionCallConv(f) == CC_PTX_KERNEL)
      LLVMSetFunctionCallConv(f, LLVMCCallConv);
    /* Clang puts it on every kernel and outlined region.  What it was for has
     * been done; a kernel inlined into its trampoline loses its name. */
    LLVMRemoveEnumAttributeAtIndex(f, LLVMAttributeFunctionIndex,
                                   always_inline);
  }
}

/* Whether the host looks `global` up by name: kernels, and variables that are
 * not hidden (`declare target`, kernel environments, hdl_host_page, ...). */
static bool host_visible(LLVMValueRef global) {
  if (LLVMIsAFunction(global) != NULL)
    return hdl_module_has_attribute(global, HDL_ATTRIBUTE_KERNEL);
  unsigned space = LLVMGetPointerAddressSpace(LLVMTypeOf(global));
  return LLVMGetVisibility(global) != LLVMHiddenVisibility &&
         space != ADDRESS_SPACE_SHARED;
}

/* Hide a definition that the host does not look up, so that what nobody uses
 * can go and no name of it clashes. */
static void internalize(LLVMValueRef global) {
  LLVMLinkage linkage = LLVMGetLinkage(global);
  if (LLVMIsDeclaration(global) || linkage == LLVMInternalLinkage ||
      linkage == LLVMPrivateLinkage || linkage == LLVMAppendingLinkage ||
      host_visible(global))
    return;
  LLVMSetVisibility(global, LLVMDefaultVisibility);
  LLVMSetLinkage(global, LLVMInternalLinkage);
}

static void internalize_functions(LLVMModuleRef module) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f))
    internalize(f);
}

static void internalize_variables(LLVMModuleRef module) {
  for (LLVMValueRef g = LLVMGetFirstGlobal(module); g != NULL;
       g = LLVMGetNextGlobal(g))
    internalize(g);
}

static const char *name_of(LLVMValueRef value) {
  size_t length;
  return LLVMGetValueName2(value, &length);
}

/* What the machine itself defines: the driver's device library for a GPU (and
 * libdevice, which jit.c links), emulator and C library for the emulator. */
static bool machine_provides(const char *name, enum hdl_target target) {
  static const char *const driver[] = {"vprintf", "malloc", "free",
                                       "__assertfail"};
  if (target == HDL_TARGET_EMULATOR)
    return hdl_emu_provides(name);
  for (size_t i = 0; i < sizeof driver / sizeof *driver; i++)
    if (strcmp(name, driver[i]) == 0)
      return true;
  return strncmp(name, "__nv_", 5) == 0;
}

/* Whether `global` is what the launch brings: shared memory without a size. */
static bool is_dynamic_shared(LLVMValueRef global) {
  LLVMTypeRef type = LLVMGlobalGetValueType(global);
  return LLVMGetPointerAddressSpace(LLVMTypeOf(global)) ==
             ADDRESS_SPACE_SHARED &&
         LLVMGetTypeKind(type) == LLVMArrayTypeKind &&
         LLVMGetArrayLength2(type) == 0;
}

/* A list for an error message. */
struct names {
  char text[512];
  uint32_t count;
};

/* Add `global` to `names` if it is used but defined neither here nor by the
 * machine. */
static void add_undefined(struct names *names, LLVMValueRef global,
                          enum hdl_target target) {
  const char *name = name_of(global);
  if (!LLVMIsDeclaration(global) || LLVMGetFirstUse(global) == NULL ||
      strncmp(name, "llvm.", 5) == 0 || machine_provides(name, target) ||
      is_dynamic_shared(global))
    return;
  size_t used = strlen(names->text);
  if (names->count++ < NAMED_SYMBOLS)
    snprintf(names->text + used, sizeof names->text - used, "%s`%.64s`",
             used == 0 ? "" : ", ", name);
}

/* A sentence about the symbols that `module` uses and nobody defines. */
static char *audit(LLVMModuleRef module, enum hdl_target target) {
  struct names names = {.count = 0};
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f))
    add_undefined(&names, f, target);
  for (LLVMValueRef g = LLVMGetFirstGlobal(module); g != NULL;
       g = LLVMGetNextGlobal(g))
    add_undefined(&names, g, target);
  if (names.count == 0)
    return NULL;
  char more[32] = "";
  if (names.count > NAMED_SYMBOLS)
    snprintf(more, sizeof more, " and %u more", names.count - NAMED_SYMBOLS);
  return hdl_sentence(
      "the program uses %s%s on the device, where %s not defined; a function "
      "or variable of the program needs `#pragma omp declare target` where it "
      "is defined, and the device has only part of the C library",
      names.text, more, names.count == 1 ? "it is" : "they are");
}

/* What the user's module must be before the runtime may be linked to it. */
static char *check_user_module(LLVMModuleRef module) {
  if (strncmp(LLVMGetTarget(module), "nvptx64", 7) != 0)
    return hdl_sentence("the image is for `%s`; Heddle needs images for "
                        "nvptx64, compile with heddle.cfg",
                        LLVMGetTarget(module));
  LLVMValueRef init = LLVMGetNamedFunction(module, "__kmpc_target_init");
  if (init != NULL && !LLVMIsDeclaration(init))
    return hdl_sentence("the image contains LLVM's own device runtime; "
                        "compile and link the program with "
                        "--config=heddle.cfg");
  return NULL;
}

/* An image that Heddle's compiler pass has not seen calls printf's function by
 * the driver's name. */
static void rename_vprintf(LLVMModuleRef module) {
  static const char name[] = "__heddle_vprintf";
  LLVMValueRef f = LLVMGetNamedFunction(module, "vprintf");
  LLVMValueRef ours = LLVMGetNamedFunction(module, name);
  if (f == NULL || !LLVMIsDeclaration(f))
    return;
  if (ours == NULL)
    LLVMSetValueName2(f, name, sizeof name - 1);
  else
    LLVMReplaceAllUsesWith(f, ours);
}

/* Parse the runtime built for `target`; its functions carry a mark after. */
static char *load_runtime(LLVMContextRef context, enum hdl_target target,
                          LLVMModuleRef *runtime) {
  bool emulator = target == HDL_TARGET_EMULATOR;
  const unsigned char *begin = emulator ? hdl_rtl_emulator : hdl_rtl_nvptx;
  const unsigned char *end =
      emulator ? hdl_rtl_emulator_end : hdl_rtl_nvptx_end;
  char *error = parse(context, begin, (size_t)(end - begin),
                      "Heddle's device runtime", runtime);
  if (error != NULL)
    return error;
  strip_machine(*runtime);
  for (LLVMValueRef f = LLVMGetFirstFunction(*runtime); f != NULL;
       f = LLVMGetNextFunction(f))
    if (!LLVMIsDeclaration(f))
      mark(f, HDL_ATTRIBUTE_RUNTIME);
  return NULL;
}

/* What the runtime asks about the program (devicertl/uses.h), and the entry
 * points of which one answers yes; all of a family where an asterisk ends. */
static const struct use {
  const char *variable, *entries[8];
} uses[] = {
    {"hdl_uses_cancel", {"__kmpc_cancel"}},
    {"hdl_uses_depend",
     {"__kmpc_omp_task_with_deps", "__kmpc_omp_taskwait_deps_51",
      "__kmpc_task_allow_completion_event"}},
    {"hdl_uses_groups", {"__kmpc_taskgroup"}},
    {"hdl_uses_threads",
     {"thrd_*", "mtx_*", "cnd_*", "tss_*", "call_once", "heddle_*",
      "pthread_*"}},
    {"hdl_uses_taskloop", {"__kmpc_taskloop*"}},
    {"hdl_uses_alloc",
     {"omp_alloc", "omp_aligned_alloc", "omp_calloc", "omp_aligned_calloc"}},
};

static bool has_function(LLVMModuleRef module, const char *entry) {
  size_t family = strcspn(entry, "*");
  if (entry[family] == '\0')
    return LLVMGetNamedFunction(module, entry) != NULL;
  LLVMValueRef f = LLVMGetFirstFunction(module);
  while (f != NULL && strncmp(name_of(f), entry, family) != 0)
    f = LLVMGetNextFunction(f);
  return f != NULL;
}

/* Whether each call of __kmpc_parallel_60 passes a thunk for its region (abi.h,
 * HDL_NARGS_THUNK). */
static bool has_thunks(LLVMModuleRef module) {
  enum { COUNT_OPERAND = 8, THUNK_BIT = 32 };
  LLVMValueRef f = LLVMGetNamedFunction(module, "__kmpc_parallel_60");
  for (LLVMUseRef use = f ? LLVMGetFirstUse(f) : NULL; use != NULL;
       use = LLVMGetNextUse(use)) {
    LLVMValueRef call = LLVMGetUser(use);
    if (!LLVMIsACallInst(call) || LLVMGetCalledValue(call) != f)
      return false;
    LLVMValueRef count = LLVMGetOperand(call, COUNT_OPERAND);
    if (!LLVMIsAConstantInt(count) ||
        !(LLVMConstIntGetZExtValue(count) >> THUNK_BIT & 1))
      return false;
  }
  return true;
}

static void set_use(LLVMModuleRef runtime, const char *name, bool used) {
  LLVMValueRef variable = LLVMGetNamedGlobal(runtime, name);
  LLVMSetInitializer(
      variable, LLVMConstInt(LLVMGlobalGetValueType(variable), used, false));
}

static void answer_uses(LLVMModuleRef module, LLVMModuleRef runtime) {
  set_use(runtime, "hdl_uses_direct", !has_thunks(module));
  for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
    bool used = false;
    for (const char *const *entry = uses[i].entries; *entry != NULL; entry++)
      used |= has_function(module, *entry);
    set_use(runtime, uses[i].variable, used);
  }
}

/* Lists of symbols to keep: internalizing decides that here, and their
 * entries would be constant users of shared-memory variables. */
static void delete_used_lists(LLVMModuleRef module) {
  static const char *const lists[] = {"llvm.used", "llvm.compiler.used"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    LLVMValueRef list = LLVMGetNamedGlobal(module, lists[i]);
    if (list != NULL)
      LLVMDeleteGlobal(list);
  }
}

static char *run_pass(LLVMModuleRef module, const char *pass) {
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMErrorRef failed = LLVMRunPasses(module, pass, NULL, options);
  LLVMDisposePassBuilderOptions(options);
  if (failed == NULL)
    return NULL;
  char *text = LLVMGetErrorMessage(failed);
  char *error = hdl_sentence("LLVM cannot prepare the image: %s", text);
  LLVMDisposeErrorMessage(text);
  return error;
}

/* The whole of hdl_module_load but for diagnostics.  On failure the caller
 * disposes of `*module` if it is not NULL. */
static char *load(LLVMContextRef context, const void *bitcode, size_t size,
                  enum hdl_target target, LLVMModuleRef *module) {
  char *error = parse(context, bitcode, size, "the image", module);
  if (error == NULL)
    error = check_user_module(*module);
  /* While it is still for nvptx64, where `...` is a pointer to the packed
   * arguments: what the runtime expects (ARCH_REST). */
  if (error == NULL && target == HDL_TARGET_EMULATOR)
    error = run_pass(*module, "expand-variadics");
  if (error != NULL)
    return error;
  LLVMModuleRef runtime = NULL;
  error = load_runtime(context, target, &runtime);
  if (error != NULL)
    return error;

  rename_vprintf(*module);
  strip_machine(*module);
  if (target == HDL_TARGET_EMULATOR) {
    retarget(*module);
    LLVMSetTarget(*module, LLVMGetTarget(runtime));
    LLVMSetDataLayout(*module, LLVMGetDataLayoutStr(runtime));
  } else {
    LLVMSetTarget(runtime, LLVMGetTarget(*module));
    LLVMSetDataLayout(runtime, LLVMGetDataLayoutStr(*module));
  }
  answer_uses(*module, runtime);
  /* Before linking, so that a function of the user may have the name of one
   * inside the runtime. */
  internalize_functions(*module);
  if (LLVMLinkModules2(*module, runtime)) /* disposes of `runtime` */
    return hdl_sentence("Heddle's device runtime and the image do not fit");

  delete_used_lists(*module);
  internalize_functions(*module);
  internalize_variables(*module);
  /* Drop what no kernel reaches: most of the runtime, for most programs. */
  error = run_pass(*module, "globaldce");
  return error != NULL ? error : audit(*module, target);
}

char *hdl_module_load(LLVMContextRef context, const void *bitcode, size_t size,
                      enum hdl_target target, LLVMModuleRef *module) {
  hdl_module_init_llvm();
  LLVMDiagnosticHandler old_handler = LLVMContextGetDiagnosticHandler(context);
  void *old_data = LLVMContextGetDiagnosticContext(context);
  char *detail = NULL;
  LLVMContextSetDiagnosticHandler(context, keep_error, &detail);

  *module = NULL;
  char *error = load(context, bitcode, size, target, module);
  LLVMContextSetDiagnosticHandler(context, old_handler, old_data);
  if (error != NULL && *module != NULL) {
    LLVMDisposeModule(*module);
    *module = NULL;
  }
  if (error != NULL && detail != NULL) {
    char *both = hdl_sentence("%s (%s)", error, detail);
    free(error);
    error = both;
  }
  free(detail);
  return error;
}
