/* intrinsics.c - what only an NVIDIA GPU has, by its name on this machine. */
#include "module.h"
#include "plugin.h"
#include "retarget.h"

#include <llvm-c/DebugInfo.h>
#include <stdio.h>
#include <string.h>

/* libdevice's C mathematics: `__nv_X` is `X` of libm, and `__nv_Xf` is `Xf`. */
static const char *const maths[] = {
    "acos", "acosh", "asin",      "asinh",     "atan",   "atan2",     "atanh",
    "cbrt", "ceil",  "copysign",  "cos",       "cosh",   "erf",       "erfc",
    "exp",  "exp10", "exp2",      "expm1",     "fabs",   "fdim",      "floor",
    "fma",  "fmax",  "fmin",      "fmod",      "frexp",  "hypot",     "ilogb",
    "j0",   "j1",    "jn",        "ldexp",     "lgamma", "llrint",    "llround",
    "log",  "log10", "log1p",     "log2",      "logb",   "lrint",     "lround",
    "modf", "nan",   "nearbyint", "nextafter", "pow",    "remainder", "remquo",
    "rint", "round", "scalbln",   "scalbn",    "sin",    "sincos",    "sinh",
    "sqrt", "tan",   "tanh",      "tgamma",    "trunc",  "y0",        "y1",
    "yn",
};

/* Names that do not follow the rule, and the driver's device library. */
static const struct {
  const char *device;
  const char *host;
} renamed[] = {
    {"__nv_abs", "abs"},
    {"__nv_llabs", "llabs"},
    {"__nv_fast_cosf", "cosf"},
    {"__nv_fast_exp10f", "exp10f"},
    {"__nv_fast_expf", "expf"},
    {"__nv_fast_log10f", "log10f"},
    {"__nv_fast_log2f", "log2f"},
    {"__nv_fast_logf", "logf"},
    {"__nv_fast_powf", "powf"},
    {"__nv_fast_sincosf", "sincosf"},
    {"__nv_fast_sinf", "sinf"},
    {"__nv_fast_tanf", "tanf"},
    {"__nv_finitef", "finitef"},
    {"__nv_isfinited", "finite"},
    {"__nv_isinfd", "__isinf"},
    {"__nv_isinff", "__isinff"},
    {"__nv_isnand", "__isnan"},
    {"__nv_isnanf", "__isnanf"},
    {"__nv_powi", "__powidf2"},
    {"__nv_powif", "__powisf2"},
    {"__nv_signbitd", "__signbit"},
    {"__nv_signbitf", "__signbitf"},
    {"free", "hdl_emu_free"},
    {"malloc", "hdl_emu_malloc"},
};

/* Code generation calls these by itself, so that they exist anyway. */
static const char *const c_library[] = {"memcmp", "memcpy", "memmove", "memset",
                                        "strlen"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Whether `name` is one that code generation uses by itself. */
static bool is_c_library(const char *name) {
  for (size_t i = 0; i < COUNT(c_library); i++)
    if (strcmp(name, c_library[i]) == 0)
      return true;
  return false;
}

/* The host's name of the device function `name`, or NULL. */
static const char *host_name(const char *name) {
  for (size_t i = 0; i < COUNT(renamed); i++)
    if (strcmp(name, renamed[i].device) == 0)
      return renamed[i].host;
  if (strncmp(name, "__nv_", 5) != 0)
    return NULL;
  const char *plain = name + 5;
  for (size_t i = 0; i < COUNT(maths); i++) {
    size_t length = strlen(maths[i]);
    if (strncmp(plain, maths[i], length) == 0 &&
        (plain[length] == '\0' || strcmp(plain + length, "f") == 0))
      return plain;
  }
  return NULL;
}

bool hdl_emu_provides(const char *name) {
  return strncmp(name, "hdl_emu_", 8) == 0 || host_name(name) != NULL ||
         strcmp(name, "__nvvm_reflect") == 0 || is_c_library(name);
}

static const char *name_of(LLVMValueRef value) {
  size_t length;
  return LLVMGetValueName2(value, &length);
}

/* Let every user of `old` use a declaration of `name` instead, and delete
 * `old`.  A new declaration rather than a new name: the old one may have a
 * body, and says dso_local, which holds in an executable only. */
static void redirect(LLVMModuleRef module, LLVMValueRef old, const char *name) {
  char own[256];
  snprintf(own, sizeof own, "%s", name); /* may be the name of `old` */
  LLVMSetValueName2(old, "", 0);
  LLVMValueRef new = LLVMGetNamedFunction(module, own);
  if (new == NULL)
    new = LLVMAddFunction(module, own, LLVMGlobalGetValueType(old));
  LLVMReplaceAllUsesWith(old, new);
  LLVMDeleteFunction(old);
}

/* Give every outside function its name on this machine. */
static void redirect_all(LLVMModuleRef module) {
  LLVMValueRef next, last = LLVMGetLastFunction(module); /* grows at the end */
  bool end = last == NULL;
  for (LLVMValueRef f = LLVMGetFirstFunction(module); !end; f = next) {
    next = LLVMGetNextFunction(f);
    end = f == last;
    const char *name = name_of(f);
    if (strncmp(name, "llvm.", 5) == 0)
      continue;
    const char *host = host_name(name);
    /* A body of memset here would be compiled to a call of memset. */
    if (host != NULL && LLVMIsDeclaration(f))
      redirect(module, f, host);
    else if (is_c_library(name) || LLVMIsDeclaration(f))
      redirect(module, f, name);
  }
}

/* The string that `value` points to, or "". */
static const char *string_of(LLVMValueRef value) {
  while (LLVMIsAConstantExpr(value) != NULL)
    value = LLVMGetOperand(value, 0);
  LLVMValueRef init =
      LLVMIsAGlobalVariable(value) ? LLVMGetInitializer(value) : NULL;
  size_t length;
  return init != NULL && LLVMIsConstantString(init)
             ? LLVMGetAsString(init, &length)
             : "";
}

/* Fold a question of libdevice about the machine: an sm_70, and denormals
 * are kept. */
static void fold_reflect(LLVMModuleRef module, const char *name) {
  LLVMValueRef reflect = LLVMGetNamedFunction(module, name);
  LLVMUseRef next;
  for (LLVMUseRef use = reflect ? LLVMGetFirstUse(reflect) : NULL; use != NULL;
       use = next) {
    next = LLVMGetNextUse(use);
    LLVMValueRef call = LLVMGetUser(use);
    if (LLVMIsACallInst(call) == NULL)
      continue;
    bool arch = strcmp(string_of(LLVMGetOperand(call, 0)), "__CUDA_ARCH") == 0;
    LLVMReplaceAllUsesWith(
        call, LLVMConstInt(LLVMTypeOf(call), arch ? 700 : 0, false));
    LLVMInstructionEraseFromParent(call);
  }
}

/* A sentence if `call` is something that only a GPU can do. */
static char *check_call(LLVMValueRef function, LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  const char *what = NULL;
  char text[160];
  if (LLVMIsAInlineAsm(callee) != NULL) {
    size_t length;
    what = LLVMGetInlineAsmAsmString(callee, &length);
    if (length == 0)
      return NULL; /* a compiler barrier */
    snprintf(text, sizeof text, "the inline assembly \"%.100s\"", what);
  } else if (LLVMIsAFunction(callee) != NULL &&
             strncmp(name_of(callee), "llvm.nvvm.", 10) == 0) {
    snprintf(text, sizeof text, "the intrinsic `%.100s`", name_of(callee));
  } else {
    return NULL;
  }
  unsigned line = 0;
  const char *file = "";
  if (LLVMInstructionGetDebugLoc(call) != NULL) {
    unsigned length;
    line = LLVMGetDebugLocLine(call);
    file = LLVMGetDebugLocFilename(call, &length);
  }
  char where[200] = "";
  if (line != 0)
    snprintf(where, sizeof where, " (%s:%u)", file, line);
  return hdl_sentence("`%s`%s uses %s, which exists on an NVIDIA GPU only and "
                      "not in the emulator",
                      name_of(function), where, text);
}

/* The runtime is exempt from the check: it was compiled for this machine. */
char *hdl_emu_lower_intrinsics(LLVMModuleRef module) {
  fold_reflect(module, "__nvvm_reflect");
  fold_reflect(module, "llvm.nvvm.reflect");
  redirect_all(module);
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f)) {
    if (hdl_module_has_attribute(f, HDL_ATTRIBUTE_RUNTIME))
      continue; /* compiled for this machine */
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b != NULL;
         b = LLVMGetNextBasicBlock(b))
      for (LLVMValueRef i = LLVMGetFirstInstruction(b); i != NULL;
           i = LLVMGetNextInstruction(i)) {
        char *error = LLVMIsACallInst(i) != NULL ? check_call(f, i) : NULL;
        if (error != NULL)
          return error;
      }
  }
  return NULL;
}
