// localize.cpp - variables that clang put on the shared stack come back.
//
// In ordinary functions and in target regions clang takes every variable whose
// address is taken at all for shared, be it for an array subscript.  Where no
// other thread can come by the address, an alloca does, and LLVM's link-time
// optimisation makes registers of it.  (LLVM's own such pass is switched off:
// it belongs to the optimiser that assumes LLVM's device runtime.)
#include "pass.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;
using namespace heddle;

namespace {

// Larger variables stay: hardware threads have small stacks, for all that fit
// on the device at once.
constexpr uint64_t MaxBytes = 256;

// The size `Call` allocates if it can be local, else 0.
uint64_t localBytes(CallInst &Call) {
  if (calleeName(Call) != "__kmpc_alloc_shared")
    return 0;
  auto *Size = dyn_cast<ConstantInt>(Call.getArgOperand(0));
  if (!Size || Size->getValue().ugt(MaxBytes) || escapes(Call))
    return 0;
  return Size->getZExtValue();
}

void makeLocal(CallInst &Call, uint64_t Bytes) {
  Function &F = *Call.getFunction();
  Type *Byte = Type::getInt8Ty(F.getContext());
  BasicBlock &Entry = F.getEntryBlock();
  auto *Variable = new AllocaInst(
      ArrayType::get(Byte, Bytes), F.getDataLayout().getAllocaAddrSpace(),
      nullptr, Align(SharedAlignment), "", Entry.getFirstInsertionPt());
  Variable->takeName(&Call);
  for (User *U : make_early_inc_range(Call.users()))
    if (auto *Free = dyn_cast<CallInst>(U);
        Free && calleeName(*Free) == "__kmpc_free_shared")
      Free->eraseFromParent();
  Call.replaceAllUsesWith(Variable);
  Call.eraseFromParent();
}

} // namespace

bool heddle::localize(Function &F) {
  if (F.hasOptNone())
    return false;
  SmallVector<std::pair<CallInst *, uint64_t>, 8> Found;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallInst>(&I))
      if (uint64_t Bytes = localBytes(*Call))
        Found.push_back({Call, Bytes});
  for (auto [Call, Bytes] : Found)
    makeLocal(*Call, Bytes);
  return !Found.empty();
}
