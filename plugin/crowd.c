/* crowd.c - see crowd.h. */
#include "crowd.h"

#include "cuda.h"
#include "plugin.h"
#include "tgt.h"

#include <llvm-c/Core.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CROWD     1280u /* threads of an SM */
#define DIRECTIVE ".minnctapersm "
#define KERNEL_CC 71u /* LLVM's number of the calling convention ptx_kernel */

/* Of the kernel's environment, by what abi.h calls struct kernel_environment. */
enum { FIELD_EXEC_MODE = 2, FIELD_MAX_TEAMS = 6 };

/* Whether `kernel` is one of a league all of whose lanes work from the start. */
static bool is_wide(LLVMModuleRef module, LLVMValueRef kernel) {
  size_t length;
  const char *name = LLVMGetValueName2(kernel, &length);
  char *symbol = hdl_sentence("%s_kernel_environment", name);
  LLVMValueRef variable = LLVMGetNamedGlobal(module, symbol);
  free(symbol);
  LLVMValueRef value = variable ? LLVMGetInitializer(variable) : NULL;
  if (!value)
    return false;
  LLVMValueRef configuration = LLVMGetOperand(value, 0);
  if (LLVMGetNumOperands(configuration) <= FIELD_MAX_TEAMS)
    return false;
  long long max_teams =
      LLVMConstIntGetSExtValue(LLVMGetOperand(configuration, FIELD_MAX_TEAMS));
  return LLVMConstIntGetZExtValue(
             LLVMGetOperand(configuration, FIELD_EXEC_MODE)) == TGT_EXEC_SPMD &&
         max_teams != -1 && max_teams != 1;
}

/* Whether `kernel` calls anything that is not an instruction in the end. */
static bool calls(LLVMValueRef kernel) {
  for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(kernel); block;
       block = LLVMGetNextBasicBlock(block))
    for (LLVMValueRef i = LLVMGetFirstInstruction(block); i;
         i = LLVMGetNextInstruction(i)) {
      if (!LLVMIsACallInst(i))
        continue;
      LLVMValueRef callee = LLVMGetCalledValue(i);
      bool is_instruction =
          LLVMIsAInlineAsm(callee) ||
          (LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee) != 0);
      if (!is_instruction)
        return true;
    }
  return false;
}

static LLVMAttributeRef attribute(LLVMValueRef function, const char *name) {
  return LLVMGetStringAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                                       name, (unsigned)strlen(name));
}

/* The largest block that `kernel` may have; 0 if it does not say. */
static unsigned block_threads(LLVMValueRef kernel) {
  LLVMAttributeRef most = attribute(kernel, "nvvm.maxntid");
  unsigned length;
  return most ? (unsigned)atoi(LLVMGetStringAttributeValue(most, &length)) : 0;
}

void hdl_crowd(LLVMModuleRef module) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f;
       f = LLVMGetNextFunction(f)) {
    if (LLVMIsDeclaration(f) || LLVMGetFunctionCallConv(f) != KERNEL_CC ||
        attribute(f, "nvvm.minctasm") || !is_wide(module, f) || calls(f))
      continue;
    unsigned threads = block_threads(f);
    if (threads == 0 || threads > CROWD)
      continue;
    char blocks[16];
    snprintf(blocks, sizeof blocks, "%u", CROWD / threads);
    LLVMAddAttributeAtIndex(
        f, LLVMAttributeFunctionIndex,
        LLVMCreateStringAttribute(LLVMGetModuleContext(module), "nvvm.minctasm",
                                  sizeof "nvvm.minctasm" - 1, blocks,
                                  (unsigned)strlen(blocks)));
  }
}

/* The bytes that the kernel whose text is at `body` has for its variables. */
static unsigned depot_bytes(const char *body) {
  const char *end = strstr(body, "\n}"), *depot = strstr(body, "__local_depot");
  unsigned bytes = 0;
  if (depot && end && depot < end)
    sscanf(depot, "__local_depot%*u[%u]", &bytes);
  return bytes;
}

/* Whether a thread of the kernel `name`, whose text is at `body`, has more local
 * memory than its variables take: that is for registers.  Some bytes of them are
 * the price of more threads. */
static bool spills(cu_module module, const char *name, const char *body) {
  enum { ALIGNMENT = 16 };
  cu_function function;
  int local = 0;
  return hdl_cuda.module_function(&function, module, name) == CU_SUCCESS &&
         hdl_cuda.function_attribute(&local, CU_FUNCTION_LOCAL_BYTES,
                                     function) == CU_SUCCESS &&
         (unsigned)local >= depot_bytes(body) + ALIGNMENT;
}

bool hdl_uncrowd(char *ptx, const void *cubin) {
  static const char entry[] = ".entry ";
  if (!strstr(ptx, DIRECTIVE))
    return false;
  cu_module module;
  if (hdl_cuda.module_load(&module, cubin) != CU_SUCCESS)
    return false; /* whoever loads it to run it says why */
  bool any = false;
  for (char *text = ptx; (text = strstr(text, entry));) {
    text += sizeof entry - 1;
    char *body = strchr(text, '{'), *directive = strstr(text, DIRECTIVE);
    if (!body || !directive || directive > body)
      continue;
    char *name = hdl_sentence("%.*s", (int)strcspn(text, "("), text);
    if (spills(module, name, body)) {
      memset(directive, ' ', strcspn(directive, "\r\n"));
      any = true;
    }
    free(name);
  }
  hdl_cuda.module_unload(module);
  return any;
}
