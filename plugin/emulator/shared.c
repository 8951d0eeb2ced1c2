/* shared.c - shared-memory variables of a module.
 *
 * All blocks run on one OS thread, each with its own arena; the scheduler sets
 * `hdl_emu_shared` to the arena of the block that runs.  A variable becomes
 * "hdl_emu_shared + offset", computed where it is used.  A lane never changes
 * its block, so for one activation of a function the pointer is invariant, and
 * the loads of it are marked so. */
#include "module.h"
#include "plugin.h"
#include "retarget.h"

#include <llvm-c/Target.h>
#include <stdio.h>
#include <stdlib.h>

#define ADDRESS_SPACE_SHARED 3u
#define LEAST_ALIGNMENT      16u

/* What the functions below share. */
struct lowering {
  LLVMBuilderRef builder;
  LLVMModuleRef module;
  LLVMValueRef base; /* the variable hdl_emu_shared */
  bool failed;       /* a use has no equivalent instruction */
};

/* The address of `global` (an offset into the arena) at the builder. */
static LLVMValueRef build_address(struct lowering *l, LLVMValueRef global,
                                  uint64_t offset) {
  LLVMContextRef context = LLVMGetModuleContext(l->module);
  LLVMTypeRef pointer = LLVMPointerTypeInContext(context, 0);
  LLVMTypeRef i8 = LLVMInt8TypeInContext(context);
  LLVMTypeRef i64 = LLVMInt64TypeInContext(context);
  LLVMValueRef base = LLVMBuildLoad2(l->builder, pointer, l->base, "");
  LLVMSetMetadata(
      base, LLVMGetMDKindIDInContext(context, "invariant.load", 14),
      LLVMMetadataAsValue(context, LLVMMDNodeInContext2(context, NULL, 0)));
  LLVMValueRef index = LLVMConstInt(i64, offset, false);
  LLVMValueRef address =
      LLVMBuildInBoundsGEP2(l->builder, i8, base, &index, 1, "");
  return LLVMBuildAddrSpaceCast(l->builder, address, LLVMTypeOf(global), "");
}

/* The constant expression `expr` as an instruction, with `value` in place of
 * its operand `old`; NULL for a kind that has none. */
static LLVMValueRef build_expression(struct lowering *l, LLVMValueRef expr,
                                     LLVMValueRef old, LLVMValueRef value) {
  LLVMTypeRef type = LLVMTypeOf(expr);
  int n = LLVMGetNumOperands(expr);
  LLVMValueRef operands[8];
  if (n < 1 || n > 8)
    return NULL;
  for (int i = 0; i < n; i++) {
    operands[i] = LLVMGetOperand(expr, (unsigned)i);
    if (operands[i] == old)
      operands[i] = value;
  }
  switch (LLVMGetConstOpcode(expr)) {
  case LLVMGetElementPtr:
    return LLVMBuildGEP2(l->builder, LLVMGetGEPSourceElementType(expr),
                         operands[0], operands + 1, (unsigned)n - 1, "");
  case LLVMAddrSpaceCast:
  case LLVMPtrToInt:
  case LLVMIntToPtr:
  case LLVMBitCast:
  case LLVMTrunc:
    return LLVMBuildCast(l->builder, LLVMGetConstOpcode(expr), operands[0],
                         type, "");
  case LLVMAdd:
  case LLVMSub:
  case LLVMXor:
    return LLVMBuildBinOp(l->builder, LLVMGetConstOpcode(expr), operands[0],
                          operands[1], "");
  default:
    return NULL;
  }
}

/* One constant from the variable up to the instruction that uses it. */
struct path {
  LLVMValueRef constant;
  const struct path *inner; /* NULL: `constant` is the variable */
};

/* Build the value of `path` at the builder's position. */
static LLVMValueRef build_path(struct lowering *l, const struct path *path,
                               uint64_t offset) {
  if (path->inner == NULL)
    return build_address(l, path->constant, offset);
  LLVMValueRef inner = build_path(l, path->inner, offset);
  return inner == NULL ? NULL
                       : build_expression(l, path->constant,
                                          path->inner->constant, inner);
}

/* Give operand `index` of `instruction` the value of `path`. */
static void replace_operand(struct lowering *l, LLVMValueRef instruction,
                            unsigned index, const struct path *path,
                            uint64_t offset) {
  if (LLVMIsAPHINode(instruction) != NULL)
    LLVMPositionBuilderBefore(
        l->builder,
        LLVMGetBasicBlockTerminator(LLVMGetIncomingBlock(instruction, index)));
  else
    LLVMPositionBuilderBefore(l->builder, instruction);
  LLVMValueRef value = build_path(l, path, offset);
  if (value == NULL)
    l->failed = true;
  else
    LLVMSetOperand(instruction, index, value);
}

/* Replace all uses of `path->constant` by instructions.  Uses are collected
 * again after each change, because a change invalidates the list. */
static void lower_uses(struct lowering *l, const struct path *path,
                       uint64_t offset) {
  LLVMUseRef next;
  for (LLVMUseRef use = LLVMGetFirstUse(path->constant);
       use != NULL && !l->failed; use = next) {
    LLVMValueRef user = LLVMGetUser(use);
    next = LLVMGetNextUse(use);
    if (LLVMIsAInstruction(user) == NULL) {
      struct path outer = {.constant = user, .inner = path};
      if (LLVMIsAConstantExpr(user) == NULL)
        l->failed = true; /* an initial value that holds the address */
      else
        lower_uses(l, &outer, offset);
      continue;
    }
    int n = LLVMGetNumOperands(user);
    for (int i = 0; i < n; i++)
      if (LLVMGetOperand(user, (unsigned)i) == path->constant)
        replace_operand(l, user, (unsigned)i, path, offset);
    next = LLVMGetFirstUse(path->constant);
    if (next == use)
      l->failed = true; /* cannot happen; rather an error than for ever */
  }
}

/* Lower the variables that are dynamic, or those that are not, behind the
 * `*bytes` that have been given away. */
static char *lower_variables(struct lowering *l, LLVMTargetDataRef layout,
                             bool dynamic, uint64_t *bytes) {
  LLVMValueRef next;
  for (LLVMValueRef g = LLVMGetFirstGlobal(l->module); g != NULL; g = next) {
    next = LLVMGetNextGlobal(g);
    if (LLVMGetPointerAddressSpace(LLVMTypeOf(g)) != ADDRESS_SPACE_SHARED ||
        LLVMIsDeclaration(g) != dynamic)
      continue;
    uint64_t alignment = LLVMGetAlignment(g);
    if (alignment < LEAST_ALIGNMENT)
      alignment = LEAST_ALIGNMENT;
    uint64_t offset = hdl_emu_round_up(*bytes, alignment);
    *bytes = offset;
    if (!dynamic)
      *bytes += LLVMABISizeOfType(layout, LLVMGlobalGetValueType(g));
    lower_uses(l, &(struct path){.constant = g}, offset);
    size_t length;
    if (l->failed)
      return hdl_sentence("the address of the shared-memory variable `%s` is "
                          "used in a way the emulator does not know",
                          LLVMGetValueName2(g, &length));
    if (LLVMGetFirstUse(g) == NULL)
      LLVMDeleteGlobal(g);
  }
  return NULL;
}

char *hdl_emu_lower_shared(LLVMModuleRef module, uint64_t *shared_bytes) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  LLVMTargetDataRef layout = LLVMGetModuleDataLayout(module);
  struct lowering l = {
      .builder = LLVMCreateBuilderInContext(context),
      .module = module,
      .base = LLVMAddGlobal(module, LLVMPointerTypeInContext(context, 0),
                            "hdl_emu_shared"),
  };
  /* Those without a size come last: they begin where the launch's dynamic memory
   * does. */
  char *error = lower_variables(&l, layout, false, shared_bytes);
  if (error == NULL)
    error = lower_variables(&l, layout, true, shared_bytes);
  LLVMDisposeBuilder(l.builder);
  return error;
}
