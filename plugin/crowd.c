/* crowd.c - see crowd.h. */
#include "crowd.h"

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
        attribute(f, "nvvm.minctasm") || !is_wide(module, f))
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

/* Take the directive out of the kernel `name`; false if it has none. */
static bool strike(char *ptx, const char *name, size_t length) {
  char *entry = hdl_sentence(".entry %.*s(", (int)length, name);
  char *at = strstr(ptx, entry);
  free(entry);
  char *body = at ? strchr(at, '{') : NULL;
  char *directive = at ? strstr(at, DIRECTIVE) : NULL;
  if (!body || !directive || directive > body)
    return false;
  memset(directive, ' ', strcspn(directive, "\r\n"));
  return true;
}

bool hdl_uncrowd(char *ptx, const char *log) {
  static const char function[] = "Function properties for ";
  bool any = false;
  for (const char *at = log; (at = strstr(at, function));) {
    const char *name = at += sizeof function - 1;
    size_t length = strcspn(name, "\r\n");
    const char *next = strstr(at, function);
    const char *frame = strstr(at, "bytes stack frame, ");
    unsigned spilled = 0;
    if (frame && (!next || frame < next))
      sscanf(frame, "bytes stack frame, %u", &spilled);
    if (spilled > 0)
      any |= strike(ptx, name, length);
  }
  return any;
}
