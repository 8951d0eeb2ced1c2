/* points.c - switch points and local-memory checks in translated code.
 *
 * The runtime calls hdl_emu_point by itself; user code gets a point before
 * each atomic and volatile access, so that spinning on one lets others run,
 * and a counted one on each loop's back edge.  Every access through a pointer
 * of unknown origin, in user code and in the runtime, is checked: the stack of
 * a lane is local memory, which other lanes cannot reach on a GPU.  And in user
 * code its alignment is checked, on which a GPU insists and x86-64 does not.
 *
 * All these are calls of small functions built here in IR, inlined later:
 *   hdl.loop()          if (--hdl_emu_budget <= 0) hdl_emu_user_point();
 *   hdl.check(p, where) if (p - hdl_emu_stacks_base < hdl_emu_stacks_bytes)
 *                         hdl_emu_check_local(p, where);
 *   hdl.align(p, where, m)
 *                       if (p & m) hdl_emu_misaligned(p, where, m); */
#include "retarget.h"

#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of the widest access that a GPU has; more is not needed, and what is mapped
 * to the emulated device is not aligned further. */
#define WIDEST_ACCESS 16u

/* Bases already checked in a basic block; more are checked again. */
#define REMEMBERED_BASES 16u

/* LLVM's encoding of memory(inaccessiblemem: readwrite). */
#define INACCESSIBLE_MEMORY_ONLY UINT64_C(12)

/* What the functions below share. */
struct points {
  LLVMModuleRef module;
  LLVMContextRef context;
  LLVMBuilderRef builder;
  LLVMTypeRef none, i32, i64, pointer;
  LLVMTypeRef plain_type; /* void (void) */
  LLVMTypeRef check_type; /* void (ptr, ptr) */
  LLVMTypeRef align_type; /* void (ptr, ptr, i64) */
  LLVMValueRef point, loop, check, align;

  LLVMValueRef function; /* the one being changed */
  bool is_user;
  LLVMValueRef bases[REMEMBERED_BASES];
  uint32_t num_bases;
  LLVMValueRef where; /* string for `where_line` of `function` */
  unsigned where_line;
  const char *where_file;
};

/* Add LLVM's attribute `name` to a function. */
static void add_enum_attribute(struct points *p, LLVMValueRef function,
                               const char *name, uint64_t value) {
  unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
  LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                          LLVMCreateEnumAttribute(p->context, kind, value));
}

/* Declare an emulator function that is called rarely. */
static LLVMValueRef declare_cold(struct points *p, const char *name,
                                 LLVMTypeRef type) {
  LLVMValueRef f = LLVMGetNamedFunction(p->module, name);
  if (f == NULL)
    f = LLVMAddFunction(p->module, name, type);
  add_enum_attribute(p, f, "cold", 0);
  add_enum_attribute(p, f, "nounwind", 0);
  return f;
}

/* A new always-inline function whose entry, at the builder, is to end in a
 * branch to one of the blocks stored; both blocks are complete. */
static LLVMValueRef begin_helper(struct points *p, const char *name,
                                 LLVMTypeRef type, LLVMValueRef slow_callee,
                                 LLVMBasicBlockRef *slow,
                                 LLVMBasicBlockRef *done) {
  LLVMValueRef f = LLVMAddFunction(p->module, name, type);
  LLVMSetLinkage(f, LLVMInternalLinkage);
  add_enum_attribute(p, f, "alwaysinline", 0);
  LLVMBasicBlockRef entry =
      LLVMAppendBasicBlockInContext(p->context, f, "entry");
  *slow = LLVMAppendBasicBlockInContext(p->context, f, "slow");
  *done = LLVMAppendBasicBlockInContext(p->context, f, "done");
  LLVMPositionBuilderAtEnd(p->builder, *slow);
  LLVMValueRef params[3];
  LLVMGetParams(f, params);
  LLVMBuildCall2(p->builder, type, slow_callee, params, LLVMCountParams(f), "");
  LLVMBuildBr(p->builder, *done);
  LLVMPositionBuilderAtEnd(p->builder, *done);
  LLVMBuildRetVoid(p->builder);
  LLVMPositionBuilderAtEnd(p->builder, entry);
  return f;
}

/* Build hdl.loop. */
static void build_loop_helper(struct points *p) {
  LLVMBasicBlockRef slow, done;
  LLVMValueRef budget = LLVMAddGlobal(p->module, p->i32, "hdl_emu_budget");
  p->loop = begin_helper(p, "hdl.loop", p->plain_type, p->point, &slow, &done);
  LLVMBuilderRef b = p->builder;
  LLVMValueRef left = LLVMBuildSub(b, LLVMBuildLoad2(b, p->i32, budget, ""),
                                   LLVMConstInt(p->i32, 1, false), "");
  LLVMBuildStore(b, left, budget);
  LLVMValueRef spent =
      LLVMBuildICmp(b, LLVMIntSLE, left, LLVMConstInt(p->i32, 0, false), "");
  LLVMBuildCondBr(b, spent, slow, done);
}

/* A load of an emulator variable that is constant while kernels run. */
static LLVMValueRef load_invariant(struct points *p, const char *name) {
  LLVMValueRef variable = LLVMAddGlobal(p->module, p->i64, name);
  LLVMValueRef load = LLVMBuildLoad2(p->builder, p->i64, variable, "");
  LLVMSetMetadata(load,
                  LLVMGetMDKindIDInContext(p->context, "invariant.load", 14),
                  LLVMMetadataAsValue(
                      p->context, LLVMMDNodeInContext2(p->context, NULL, 0)));
  return load;
}

/* Begin a helper whose first parameter is a pointer, of which `*address` becomes
 * the number.  Its slow path is declared to touch nothing the program can see, so
 * that it does not keep values from staying in registers. */
static LLVMValueRef begin_check(struct points *p, const char *name,
                                const char *slow_name, LLVMTypeRef type,
                                LLVMBasicBlockRef *slow,
                                LLVMBasicBlockRef *done,
                                LLVMValueRef *address) {
  LLVMValueRef callee = declare_cold(p, slow_name, type);
  add_enum_attribute(p, callee, "memory", INACCESSIBLE_MEMORY_ONLY);
  LLVMValueRef f = begin_helper(p, name, type, callee, slow, done);
  *address = LLVMBuildPtrToInt(p->builder, LLVMGetParam(f, 0), p->i64, "");
  return f;
}

/* Build hdl.check. */
static void build_check_helper(struct points *p) {
  LLVMBasicBlockRef slow, done;
  LLVMValueRef address;
  p->check = begin_check(p, "hdl.check", "hdl_emu_check_local", p->check_type,
                         &slow, &done, &address);
  LLVMBuilderRef b = p->builder;
  LLVMValueRef offset =
      LLVMBuildSub(b, address, load_invariant(p, "hdl_emu_stacks_base"), "");
  LLVMValueRef inside = LLVMBuildICmp(
      b, LLVMIntULT, offset, load_invariant(p, "hdl_emu_stacks_bytes"), "");
  LLVMBuildCondBr(b, inside, slow, done);
}

/* Build hdl.align. */
static void build_align_helper(struct points *p) {
  LLVMBasicBlockRef slow, done;
  LLVMValueRef address;
  p->align = begin_check(p, "hdl.align", "hdl_emu_misaligned", p->align_type,
                         &slow, &done, &address);
  LLVMBuilderRef b = p->builder;
  LLVMValueRef rest = LLVMBuildAnd(b, address, LLVMGetParam(p->align, 2), "");
  LLVMValueRef bad =
      LLVMBuildICmp(b, LLVMIntNE, rest, LLVMConstInt(p->i64, 0, false), "");
  LLVMBuildCondBr(b, bad, slow, done);
}

/* The source place of `instruction` as an ident_t string, or null. */
static LLVMValueRef where_string(struct points *p, LLVMValueRef instruction) {
  if (LLVMInstructionGetDebugLoc(instruction) == NULL)
    return LLVMConstNull(p->pointer);
  unsigned length;
  unsigned line = LLVMGetDebugLocLine(instruction);
  const char *file = LLVMGetDebugLocFilename(instruction, &length);
  if (p->where != NULL && line == p->where_line && file == p->where_file)
    return p->where;
  size_t name_length;
  const char *name = LLVMGetValueName2(p->function, &name_length);
  char text[256];
  snprintf(text, sizeof text, ";%.*s;%s;%u;0;;", (int)length, file, name, line);
  LLVMValueRef init =
      LLVMConstStringInContext2(p->context, text, strlen(text), false);
  p->where = LLVMAddGlobal(p->module, LLVMTypeOf(init), "");
  LLVMSetInitializer(p->where, init);
  LLVMSetLinkage(p->where, LLVMPrivateLinkage);
  LLVMSetGlobalConstant(p->where, true);
  p->where_line = line;
  p->where_file = file;
  return p->where;
}

/* What `pointer` was computed from by adding offsets. */
static LLVMValueRef base_of(LLVMValueRef pointer) {
  for (;;) {
    if (LLVMIsAConstantExpr(pointer) == NULL &&
        LLVMIsAGetElementPtrInst(pointer) == NULL &&
        LLVMIsAAddrSpaceCastInst(pointer) == NULL)
      return pointer;
    pointer = LLVMGetOperand(pointer, 0);
  }
}

/* Check before `instruction` that it may access `pointer`. */
static void check_pointer(struct points *p, LLVMValueRef instruction,
                          LLVMValueRef pointer) {
  LLVMValueRef base = base_of(pointer);
  if (LLVMIsAAllocaInst(base) != NULL || LLVMIsAConstant(base) != NULL ||
      LLVMGetPointerAddressSpace(LLVMTypeOf(base)) != 0)
    return;
  for (uint32_t i = 0; i < p->num_bases; i++)
    if (p->bases[i] == base)
      return;
  if (p->num_bases < REMEMBERED_BASES)
    p->bases[p->num_bases++] = base;
  LLVMPositionBuilderBefore(p->builder, instruction);
  LLVMSetCurrentDebugLocation2(p->builder,
                               LLVMInstructionGetDebugLoc(instruction));
  LLVMValueRef args[] = {base, where_string(p, instruction)};
  LLVMBuildCall2(p->builder, p->check_type, p->check, args, 2, "");
}

/* Check before `instruction`, a load or store of user code, that `pointer` has the
 * alignment that code generation for a GPU relies on. */
static void check_alignment(struct points *p, LLVMValueRef instruction,
                            LLVMValueRef pointer) {
  LLVMValueRef base = base_of(pointer);
  unsigned alignment = LLVMGetAlignment(instruction);
  if (alignment > WIDEST_ACCESS)
    alignment = WIDEST_ACCESS;
  if (!p->is_user || alignment < 2 || LLVMIsAAllocaInst(base) != NULL ||
      LLVMIsAConstant(base) != NULL ||
      LLVMGetPointerAddressSpace(LLVMTypeOf(pointer)) != 0)
    return;
  LLVMPositionBuilderBefore(p->builder, instruction);
  LLVMSetCurrentDebugLocation2(p->builder,
                               LLVMInstructionGetDebugLoc(instruction));
  LLVMValueRef args[] = {pointer, where_string(p, instruction),
                         LLVMConstInt(p->i64, alignment - 1, false)};
  LLVMBuildCall2(p->builder, p->align_type, p->align, args, 3, "");
}

/* Call `callee`, which takes nothing, before `instruction`. */
static void call_before(struct points *p, LLVMValueRef instruction,
                        LLVMValueRef callee) {
  LLVMPositionBuilderBefore(p->builder, instruction);
  LLVMSetCurrentDebugLocation2(p->builder,
                               LLVMInstructionGetDebugLoc(instruction));
  LLVMBuildCall2(p->builder, p->plain_type, callee, NULL, 0, "");
}

/* memcpy, memmove and memset, as intrinsics: up to two pointers. */
static void check_memory_call(struct points *p, LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  if (LLVMIsAFunction(callee) == NULL)
    return;
  size_t length;
  const char *name = LLVMGetValueName2(callee, &length);
  bool set = strncmp(name, "llvm.memset.", 12) == 0;
  bool copy = strncmp(name, "llvm.memcpy.", 12) == 0 ||
              strncmp(name, "llvm.memmove.", 13) == 0;
  if (set || copy)
    check_pointer(p, call, LLVMGetOperand(call, 0));
  if (copy)
    check_pointer(p, call, LLVMGetOperand(call, 1));
}

/* Check the pointers of one instruction; in user code, put a point before an
 * access that may be part of a spin loop. */
static void instrument(struct points *p, LLVMValueRef i) {
  bool is_volatile = false;
  switch (LLVMGetInstructionOpcode(i)) {
  case LLVMLoad:
    is_volatile = LLVMGetVolatile(i);
    check_pointer(p, i, LLVMGetOperand(i, 0));
    check_alignment(p, i, LLVMGetOperand(i, 0));
    break;
  case LLVMStore:
    is_volatile = LLVMGetVolatile(i);
    check_pointer(p, i, LLVMGetOperand(i, 1));
    check_alignment(p, i, LLVMGetOperand(i, 1));
    break;
  case LLVMAtomicRMW:
  case LLVMAtomicCmpXchg:
    check_pointer(p, i, LLVMGetOperand(i, 0));
    break;
  case LLVMCall:
    check_memory_call(p, i);
    return;
  case LLVMFence:
    break;
  default:
    return;
  }
  if (p->is_user && (is_volatile || LLVMIsAtomic(i)))
    call_before(p, i, p->point);
}

/* Depth-first search for back edges. */
struct visit {
  LLVMBasicBlockRef block;
  enum { VISIT_NEW = 0, VISIT_OPEN, VISIT_DONE } state;
  unsigned next; /* successor to look at */
};

static int compare_visits(const void *a, const void *b) {
  uintptr_t x = (uintptr_t)((const struct visit *)a)->block;
  uintptr_t y = (uintptr_t)((const struct visit *)b)->block;
  return (x > y) - (x < y);
}

/* Put a counted point at the end of every block that closes a loop. */
static void add_loop_points(struct points *p) {
  unsigned n = LLVMCountBasicBlocks(p->function);
  struct visit *visits = calloc(n, sizeof *visits);
  struct visit **stack = calloc(n, sizeof *stack);
  unsigned depth = 0, count = 0;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(p->function); b != NULL;
       b = LLVMGetNextBasicBlock(b))
    visits[count++].block = b;
  qsort(visits, n, sizeof *visits, compare_visits);

  struct visit key = {.block = LLVMGetEntryBasicBlock(p->function)};
  stack[depth] = bsearch(&key, visits, n, sizeof *visits, compare_visits);
  stack[depth++]->state = VISIT_OPEN;
  while (depth > 0) {
    struct visit *v = stack[depth - 1];
    LLVMValueRef end = LLVMGetBasicBlockTerminator(v->block);
    if (v->next == LLVMGetNumSuccessors(end)) {
      v->state = VISIT_DONE;
      depth--;
      continue;
    }
    key.block = LLVMGetSuccessor(end, v->next++);
    struct visit *to = bsearch(&key, visits, n, sizeof *visits, compare_visits);
    if (to->state == VISIT_OPEN) {
      call_before(p, end, p->loop);
    } else if (to->state == VISIT_NEW) {
      to->state = VISIT_OPEN;
      stack[depth++] = to;
    }
  }
  free(visits);
  free(stack);
}

/* All of the above for one function. */
static void instrument_function(struct points *p, LLVMValueRef function) {
  p->function = function;
  p->is_user = !hdl_module_has_attribute(function, HDL_ATTRIBUTE_RUNTIME);
  p->where = NULL;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b != NULL;
       b = LLVMGetNextBasicBlock(b)) {
    p->num_bases = 0;
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i != NULL;
         i = LLVMGetNextInstruction(i))
      instrument(p, i);
  }
  if (p->is_user)
    add_loop_points(p);
  /* A frame larger than the guard area must not step over it. */
  LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                          LLVMCreateStringAttribute(p->context, "probe-stack",
                                                    11, "inline-asm", 10));
}

void hdl_emu_add_points(LLVMModuleRef module) {
  LLVMContextRef context = LLVMGetModuleContext(module);
  struct points p = {.module = module,
                     .context = context,
                     .builder = LLVMCreateBuilderInContext(context),
                     .none = LLVMVoidTypeInContext(context),
                     .i32 = LLVMInt32TypeInContext(context),
                     .i64 = LLVMInt64TypeInContext(context),
                     .pointer = LLVMPointerTypeInContext(context, 0)};
  LLVMTypeRef three[] = {p.pointer, p.pointer, p.i64};
  p.plain_type = LLVMFunctionType(p.none, NULL, 0, false);
  p.check_type = LLVMFunctionType(p.none, three, 2, false);
  p.align_type = LLVMFunctionType(p.none, three, 3, false);
  LLVMValueRef last = LLVMGetLastFunction(module); /* helpers come after it */
  p.point = declare_cold(&p, "hdl_emu_user_point", p.plain_type);
  build_loop_helper(&p);
  build_check_helper(&p);
  build_align_helper(&p);
  bool end = last == NULL;
  for (LLVMValueRef f = LLVMGetFirstFunction(module); !end;
       f = LLVMGetNextFunction(f)) {
    end = f == last;
    if (!LLVMIsDeclaration(f))
      instrument_function(&p, f);
  }
  LLVMDisposeBuilder(p.builder);
}
