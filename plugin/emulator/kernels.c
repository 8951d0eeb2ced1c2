/* kernels.c - entries for libomptarget's host plugin.
 *
 * That plugin calls a kernel as a C function of pointer-sized words, once, in
 * the launching thread.  So each kernel K becomes
 *   K.body   the code of one lane, as compiled;
 *   K.lane   void (const uint64_t *args): calls K.body with the words;
 *   K        stores its arguments and calls hdl_emu_launch, which runs K.lane
 *            once per lane of the grid. */
#include "retarget.h"

#include <stdio.h>
#include <stdlib.h>

/* Types that all builders need. */
struct types {
  LLVMTypeRef none, i64, pointer;
};

/* K.lane for the body `body`. */
static LLVMValueRef build_lane(LLVMModuleRef module, struct types t,
                               LLVMValueRef body, const char *name) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  LLVMTypeRef body_type = LLVMGlobalGetValueType(body);
  unsigned n = LLVMCountParams(body);
  LLVMValueRef lane = LLVMAddFunction(
      module, name, LLVMFunctionType(t.none, &t.pointer, 1, false));
  LLVMSetLinkage(lane, LLVMInternalLinkage);

  LLVMBuilderRef b = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderAtEnd(
      b, LLVMAppendBasicBlockInContext(context, lane, "entry"));
  LLVMValueRef *words = calloc(n + 1, sizeof *words);
  for (unsigned i = 0; i < n; i++) {
    LLVMValueRef index = LLVMConstInt(t.i64, i, false);
    LLVMValueRef slot =
        LLVMBuildInBoundsGEP2(b, t.i64, LLVMGetParam(lane, 0), &index, 1, "");
    words[i] = LLVMBuildLoad2(b, LLVMTypeOf(LLVMGetParam(body, i)), slot, "");
  }
  LLVMBuildCall2(b, body_type, body, words, n, "");
  LLVMBuildRetVoid(b);
  free(words);
  LLVMDisposeBuilder(b);
  return lane;
}

/* The constant struct hdl_emu_kernel of a kernel. */
static LLVMValueRef build_descriptor(LLVMModuleRef module, struct types t,
                                     LLVMValueRef lane, const char *name,
                                     size_t name_length,
                                     uint64_t shared_bytes) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  LLVMValueRef text =
      LLVMConstStringInContext2(context, name, name_length, false);
  LLVMValueRef string = LLVMAddGlobal(module, LLVMTypeOf(text), "");
  LLVMSetInitializer(string, text);
  LLVMSetLinkage(string, LLVMPrivateLinkage);
  LLVMValueRef fields[] = {string, lane,
                           LLVMConstInt(t.i64, shared_bytes, false)};
  LLVMValueRef value = LLVMConstStructInContext(context, fields, 3, false);
  LLVMValueRef descriptor = LLVMAddGlobal(module, LLVMTypeOf(value), "");
  LLVMSetInitializer(descriptor, value);
  LLVMSetLinkage(descriptor, LLVMPrivateLinkage);
  return descriptor;
}

/* K itself, named `name`, for the descriptor. */
static void build_entry(LLVMModuleRef module, struct types t, unsigned n,
                        LLVMValueRef descriptor, const char *name) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  LLVMTypeRef *params = calloc(n + 1, sizeof *params);
  for (unsigned i = 0; i < n; i++)
    params[i] = t.i64;
  LLVMValueRef entry =
      LLVMAddFunction(module, name, LLVMFunctionType(t.none, params, n, false));
  free(params);
  LLVMSetVisibility(entry, LLVMProtectedVisibility);

  LLVMBuilderRef b = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderAtEnd(
      b, LLVMAppendBasicBlockInContext(context, entry, "entry"));
  LLVMValueRef array = LLVMBuildAlloca(b, LLVMArrayType2(t.i64, n + 1), "");
  for (unsigned i = 0; i < n; i++) {
    LLVMValueRef index = LLVMConstInt(t.i64, i, false);
    LLVMValueRef slot = LLVMBuildInBoundsGEP2(b, t.i64, array, &index, 1, "");
    LLVMBuildStore(b, LLVMGetParam(entry, i), slot);
  }
  LLVMTypeRef two[] = {t.pointer, t.pointer};
  LLVMTypeRef launch_type = LLVMFunctionType(t.none, two, 2, false);
  LLVMValueRef launch = LLVMGetNamedFunction(module, "hdl_emu_launch");
  if (launch == NULL)
    launch = LLVMAddFunction(module, "hdl_emu_launch", launch_type);
  LLVMValueRef args[] = {descriptor, array};
  LLVMBuildCall2(b, launch_type, launch, args, 2, "");
  LLVMBuildRetVoid(b);
  LLVMDisposeBuilder(b);
}

/* Turn the kernel `body` into the three functions. */
static void add_kernel(LLVMModuleRef module, LLVMValueRef body,
                       uint64_t shared_bytes) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  struct types t = {.none = LLVMVoidTypeInContext(context),
                    .i64 = LLVMInt64TypeInContext(context),
                    .pointer = LLVMPointerTypeInContext(context, 0)};
  size_t length;
  const char *old = LLVMGetValueName2(body, &length);
  size_t room = length + sizeof ".body";
  char *name = malloc(room), *part = malloc(room);
  snprintf(name, room, "%s", old);
  snprintf(part, room, "%s.body", name);
  LLVMSetValueName2(body, part, length + 5);
  LLVMSetVisibility(body, LLVMDefaultVisibility);
  LLVMSetLinkage(body, LLVMInternalLinkage);
  snprintf(part, room, "%s.lane", name);
  LLVMValueRef lane = build_lane(module, t, body, part);
  LLVMValueRef descriptor =
      build_descriptor(module, t, lane, name, length, shared_bytes);
  build_entry(module, t, LLVMCountParams(body), descriptor, name);
  free(name);
  free(part);
}

void hdl_emu_add_kernels(LLVMModuleRef module, uint64_t shared_bytes) {
  /* New functions are appended and carry no mark. */
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f != NULL;
       f = LLVMGetNextFunction(f))
    if (!LLVMIsDeclaration(f) &&
        hdl_module_has_attribute(f, HDL_ATTRIBUTE_KERNEL))
      add_kernel(module, f, shared_bytes);
}
