/* jit.c - see jit.h. */
#include "jit.h"

#include "crowd.h"
#include "cuda.h"
#include "module.h"
#include "plugin.h"

#include <limits.h>
#include <llvm-c/BitReader.h>
#include <llvm-c/Core.h>
#include <llvm-c/Linker.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIPELINE  "default<O2>"
#define LIBDEVICE "nvvm/libdevice/libdevice.10.bc"
#define LOG_BYTES 4096

/* What LLVM 22 can generate code for: with which PTX version, and since which
 * driver version that is understood.  PTX runs on newer GPUs, too. */
static const struct machine {
  unsigned sm, ptx;
  int driver;
} machines[] = {
    {70, 78, 11080},  {72, 78, 11080},  {75, 78, 11080},  {80, 78, 11080},
    {86, 78, 11080},  {87, 78, 11080},  {89, 78, 11080},  {90, 78, 11080},
    {100, 86, 12070}, {103, 88, 12090}, {110, 90, 13000}, {120, 87, 12080},
    {121, 88, 12090},
};

static const struct machine *best_machine(unsigned sm, int driver) {
  const struct machine *best = NULL;
  for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
    if (machines[i].sm <= sm && machines[i].driver <= driver)
      best = &machines[i];
  return best;
}

static char *libdevice_path;

static void find_libdevice(void) {
  const char *const places[] = {getenv("CUDA_PATH"), getenv("CUDA_HOME"),
                                "/usr/local/cuda", "/usr/lib/cuda"};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    if (!places[i] || !*places[i])
      continue;
    char *path = hdl_sentence("%s/" LIBDEVICE, places[i]);
    if (access(path, R_OK) == 0) {
      libdevice_path = path;
      return;
    }
    free(path);
  }
}

const char *hdl_jit_libdevice(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find_libdevice);
  return libdevice_path;
}

/* A sentence from an LLVM message, which is disposed of. */
static char *llvm_sentence(const char *what, char *message) {
  char *sentence = hdl_sentence("LLVM cannot %s: %s", what, message);
  LLVMDisposeMessage(message);
  return sentence;
}

/* The first function of libdevice that `module` uses, or NULL. */
static const char *mathematics_used(LLVMModuleRef module) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f;
       f = LLVMGetNextFunction(f)) {
    size_t length;
    const char *name = LLVMGetValueName2(f, &length);
    if (LLVMIsDeclaration(f) && strncmp(name, "__nv_", 5) == 0 &&
        LLVMGetFirstUse(f))
      return name;
  }
  return NULL;
}

/* Give every function of `module` with linkage `from` the linkage `to`:
 * what is linkonce, the linker takes from a library only if it is used. */
static void change_linkage(LLVMModuleRef module, LLVMLinkage from,
                           LLVMLinkage to) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f;
       f = LLVMGetNextFunction(f))
    if (!LLVMIsDeclaration(f) && LLVMGetLinkage(f) == from) {
      LLVMSetVisibility(f, LLVMDefaultVisibility);
      LLVMSetLinkage(f, to);
    }
}

/* Mathematics that clang may leave to the target, of which LLVM has a few for
 * GPUs, and only for inexact code. */
static const char *const mathematics[] = {
    "acos", "asin",  "atan", "atan2", "cos", "cosh", "exp", "exp10", "exp2",
    "log",  "log10", "log2", "pow",   "sin", "sinh", "tan", "tanh",
};

/* Let libdevice's functions do what `module` has of that. */
static void call_mathematics(LLVMModuleRef module) {
  for (size_t i = 0; i < sizeof mathematics / sizeof *mathematics; i++)
    for (int is_double = 0; is_double < 2; is_double++) {
      const char *name = mathematics[i];
      char *old = hdl_sentence("llvm.%s.%s", name, is_double ? "f64" : "f32");
      char *new = hdl_sentence("__nv_%s%s", name, is_double ? "" : "f");
      LLVMValueRef intrinsic = LLVMGetNamedFunction(module, old);
      if (intrinsic) {
        LLVMValueRef function = LLVMGetNamedFunction(module, new);
        if (!function)
          function =
              LLVMAddFunction(module, new, LLVMGlobalGetValueType(intrinsic));
        LLVMReplaceAllUsesWith(intrinsic, function);
        LLVMDeleteFunction(intrinsic);
      }
      free(old);
      free(new);
    }
}

static char *link_mathematics(LLVMModuleRef module) {
  call_mathematics(module);
  const char *used = mathematics_used(module);
  if (!used)
    return NULL;
  const char *path = hdl_jit_libdevice();
  if (!path)
    return hdl_sentence(
        "it uses the mathematical function %s, whose code for GPUs comes with "
        "the CUDA toolkit; install the toolkit, set CUDA_PATH to where it is, "
        "or run with HEDDLE_DEVICE=emulator",
        used);
  LLVMContextRef context = LLVMGetModuleContext(module);
  LLVMMemoryBufferRef buffer;
  char *message = NULL;
  if (LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &message))
    return llvm_sentence("read the CUDA toolkit's mathematics", message);
  LLVMModuleRef libdevice;
  LLVMBool failed = LLVMParseBitcodeInContext2(context, buffer, &libdevice);
  LLVMDisposeMemoryBuffer(buffer);
  if (failed)
    return hdl_sentence("%s is damaged; reinstall the CUDA toolkit", path);
  LLVMSetTarget(libdevice, LLVMGetTarget(module));
  LLVMSetDataLayout(libdevice, LLVMGetDataLayoutStr(module));
  change_linkage(libdevice, LLVMExternalLinkage, LLVMLinkOnceODRLinkage);
  if (LLVMLinkModules2(module, libdevice)) /* disposes of libdevice */
    return hdl_sentence("%s does not fit this program", path);
  change_linkage(module, LLVMLinkOnceODRLinkage, LLVMInternalLinkage);
  return NULL;
}

static char *create_machine(const struct machine *m, const char *triple,
                            LLVMTargetMachineRef *machine) {
  LLVMTargetRef target;
  char *message = NULL;
  if (LLVMGetTargetFromTriple(triple, &target, &message))
    return llvm_sentence("generate code for NVIDIA GPUs", message);
  char cpu[16], features[16];
  snprintf(cpu, sizeof cpu, "sm_%u", m->sm);
  snprintf(features, sizeof features, "+ptx%u", m->ptx);
  *machine = LLVMCreateTargetMachine(target, triple, cpu, features,
                                     LLVMCodeGenLevelDefault, LLVMRelocDefault,
                                     LLVMCodeModelDefault);
  return NULL;
}

static char *optimise(LLVMModuleRef module, LLVMTargetMachineRef machine) {
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMErrorRef failed = LLVMRunPasses(module, PIPELINE, machine, options);
  LLVMDisposePassBuilderOptions(options);
  if (!failed)
    return NULL;
  char *text = LLVMGetErrorMessage(failed);
  char *sentence = hdl_sentence("LLVM cannot optimise it: %s", text);
  LLVMDisposeErrorMessage(text);
  return sentence;
}

static char *generate(LLVMModuleRef module, const struct machine *m, char **ptx,
                      size_t *ptx_size) {
  LLVMTargetMachineRef machine = NULL;
  char *error = link_mathematics(module);
  if (!error)
    error = create_machine(m, LLVMGetTarget(module), &machine);
  if (!error)
    error = optimise(module, machine);
  if (!error)
    hdl_crowd(module);
  LLVMMemoryBufferRef text;
  char *message = NULL;
  if (!error && LLVMTargetMachineEmitToMemoryBuffer(
                    machine, module, LLVMAssemblyFile, &message, &text))
    error = llvm_sentence("generate code for it", message);
  if (machine)
    LLVMDisposeTargetMachine(machine);
  if (error)
    return error;
  size_t size = LLVMGetBufferSize(text);
  *ptx = malloc(size + 1); /* the driver wants it terminated */
  if (!*ptx)
    hdl_die("this machine is out of memory");
  memcpy(*ptx, LLVMGetBufferStart(text), size);
  (*ptx)[size] = '\0';
  *ptx_size = size + 1;
  LLVMDisposeMemoryBuffer(text);
  return NULL;
}

/* LLVM's warnings are of no use to whoever runs the program; errors are
 * returned. */
static void ignore_diagnostic(LLVMDiagnosticInfoRef info, void *unused) {
  (void)info;
  (void)unused;
}

char *hdl_jit_ptx(const void *bitcode, size_t bitcode_size, unsigned sm,
                  int driver, char **ptx, size_t *ptx_size) {
  const struct machine *m = best_machine(sm, driver);
  if (!m)
    return hdl_sentence("the NVIDIA driver is for CUDA %d.%d, but Heddle needs "
                        "11.8 or newer; install release 520 or newer",
                        driver / 1000, driver % 1000 / 10);
  LLVMContextRef context = LLVMContextCreate();
  LLVMContextSetDiagnosticHandler(context, ignore_diagnostic, NULL);
  LLVMModuleRef module;
  char *error = hdl_module_load(context, bitcode, bitcode_size,
                                HDL_TARGET_NVPTX, &module);
  if (!error) {
    error = generate(module, m, ptx, ptx_size);
    LLVMDisposeModule(module);
  }
  LLVMContextDispose(context);
  return error;
}

/* Assemble `ptx` with the driver, in the context that is current. */
static char *assemble(char *ptx, size_t ptx_size, void **cubin,
                      size_t *cubin_size) {
  char log[LOG_BYTES] = "";
  int names[] = {CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BYTES};
  void *values[] = {log, (void *)(uintptr_t)sizeof log};
  cu_link link;
  void *linked = NULL;
  size_t size = 0;
  cu_result error = hdl_cuda.link_create(2, names, values, &link);
  if (error)
    return hdl_sentence("the NVIDIA driver has no assembler (%s)",
                        hdl_cuda_error(error));
  error = hdl_cuda.link_add(link, CU_JIT_INPUT_PTX, ptx, ptx_size, "heddle.ptx",
                            0, NULL, NULL);
  if (!error)
    error = hdl_cuda.link_complete(link, &linked, &size);
  char *sentence = NULL;
  log[sizeof log - 1] = '\0';
  if (error) {
    sentence = hdl_sentence("the NVIDIA driver cannot assemble it (%s%s%.*s)",
                            hdl_cuda_error(error), *log ? ": " : "",
                            (int)strcspn(log, "\n"), log);
    hdl_info(1, "the driver's assembler says: %s", log);
  } else {
    *cubin = malloc(size);
    if (!*cubin)
      hdl_die("this machine is out of memory");
    memcpy(*cubin, linked, size); /* the driver's copy goes with the link */
    *cubin_size = size;
  }
  hdl_cuda.link_destroy(link);
  return sentence;
}

/* The same, and again if some kernels have too few registers. */
static char *assemble_fitting(char *ptx, size_t ptx_size, void **cubin,
                              size_t *cubin_size) {
  char *error = assemble(ptx, ptx_size, cubin, cubin_size);
  if (error || !hdl_uncrowd(ptx, *cubin))
    return error;
  hdl_info(2, "some kernels need more registers than a crowded SM has");
  free(*cubin);
  return assemble(ptx, ptx_size, cubin, cubin_size);
}

/* A GPU of capability `sm`. */
static int gpu_with(unsigned sm) {
  int ordinal = 0;
  while (ordinal + 1 < hdl_gpu_count() && hdl_gpu(ordinal)->sm != sm)
    ordinal++;
  return ordinal;
}

char *hdl_jit_translate(const void *bitcode, size_t bitcode_size, unsigned sm,
                        void **cubin, size_t *cubin_size) {
  char *ptx;
  size_t ptx_size;
  char *error = hdl_jit_ptx(bitcode, bitcode_size, sm, hdl_cuda_version(), &ptx,
                            &ptx_size);
  if (error)
    return error;
  int ordinal = gpu_with(sm);
  cu_result refused = hdl_gpu_push(ordinal);
  if (refused) {
    error = hdl_sentence("the NVIDIA driver cannot open %s (%s)",
                         hdl_gpu(ordinal)->name, hdl_cuda_error(refused));
  } else {
    error = assemble_fitting(ptx, ptx_size, cubin, cubin_size);
    hdl_gpu_pop();
  }
  free(ptx);
  return error;
}
