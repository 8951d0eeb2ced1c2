// cancel.cpp - barriers at which a cancelled parallel region is left, and others
// that clang takes for such.
//
// See regions.h for what and the last functions for why.
#include "pass.h"
#include "regions.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace heddle;

namespace {

// CANCEL_PARALLEL of devicertl/abi.h.
constexpr uint64_t CancelParallel = 1;

// Whether `Call` asks if a parallel region is cancelled.
bool isCancellation(const CallInst &Call) {
  StringRef Name = calleeName(Call);
  if (Name != "__kmpc_cancel" && Name != "__kmpc_cancellationpoint")
    return false;
  auto *Kind = dyn_cast<ConstantInt>(Call.getArgOperand(2));
  return Kind && Kind->equalsInt(CancelParallel);
}

// The block that clang goes to if `Call` says yes, or null.
BasicBlock *exitBlock(const CallInst &Call) {
  for (const User *Test : Call.users())
    for (const User *Jump : Test->users()) {
      auto *Compare = dyn_cast<ICmpInst>(Test);
      auto *Branch = dyn_cast<BranchInst>(Jump);
      if (Compare && Branch && Branch->isConditional() &&
          Compare->getPredicate() == ICmpInst::ICMP_NE)
        return Branch->getSuccessor(0);
    }
  return nullptr;
}

// Whether all that `Exit` and what only it leads to use is there for a jump
// from `From`, too.
bool canJump(BasicBlock *Exit, Instruction *From, DominatorTree &Dominators) {
  SmallVector<BasicBlock *, 8> Blocks;
  Dominators.getDescendants(Exit, Blocks);
  auto IsThere = [&](Value *V) {
    auto *I = dyn_cast<Instruction>(V);
    return !I || is_contained(Blocks, I->getParent()) ||
           Dominators.dominates(I, From);
  };
  if (isa<PHINode>(Exit->front()))
    return false;
  for (BasicBlock *Block : Blocks) {
    for (Instruction &I : *Block)
      if (!all_of(I.operands(), IsThere))
        return false;
    for (BasicBlock *Next : successors(Block))
      for (PHINode &Phi : Next->phis())
        if (!IsThere(Phi.getIncomingValueForBlock(Block)))
          return false;
  }
  return true;
}

// Go to `Exit` behind `Barrier` if the region is cancelled.
void leaveAt(CallInst *Barrier, BasicBlock *Exit, Function *AnyCancellation) {
  BasicBlock *Here = Barrier->getParent();
  BasicBlock *After = SplitBlock(Here, Barrier->getNextNode());
  FunctionCallee Point = Here->getModule()->getOrInsertFunction(
      "__kmpc_cancellationpoint", AnyCancellation->getFunctionType());
  IRBuilder<> Builder(Here->getTerminator());
  Builder.SetCurrentDebugLocation(Barrier->getDebugLoc());
  Value *Answer = Builder.CreateCall(Point, {Barrier->getArgOperand(0),
                                             Barrier->getArgOperand(1),
                                             Builder.getInt32(CancelParallel)});
  Builder.CreateCondBr(Builder.CreateIsNotNull(Answer), Exit, After);
  Here->getTerminator()->eraseFromParent();
}

// Make `Barrier`, a __kmpc_cancel_barrier that asks whether its region is
// cancelled, a barrier, and go on as if the answer were no.
void forgetCancellation(CallInst *Barrier) {
  Module &M = *Barrier->getModule();
  FunctionType *Asking = Barrier->getFunctionType();
  FunctionCallee Plain = M.getOrInsertFunction(
      "__kmpc_barrier",
      FunctionType::get(Type::getVoidTy(M.getContext()), Asking->params(),
                        /*isVarArg=*/false));
  IRBuilder<> Builder(Barrier);
  Builder.CreateCall(Plain,
                     {Barrier->getArgOperand(0), Barrier->getArgOperand(1)});
  Value *No = Constant::getNullValue(Barrier->getType());
  for (User *Test : make_early_inc_range(Barrier->users())) {
    auto *Compare = dyn_cast<ICmpInst>(Test);
    if (!Compare || Compare->getOperand(1) != No || !Compare->isEquality())
      continue;
    Compare->replaceAllUsesWith(ConstantInt::getBool(
        M.getContext(), Compare->getPredicate() == ICmpInst::ICMP_EQ));
    Compare->eraseFromParent();
  }
  Barrier->replaceAllUsesWith(No);
  BasicBlock *Block = Barrier->getParent();
  Barrier->eraseFromParent();
  ConstantFoldTerminator(Block);
}

} // namespace

// In a region that can be cancelled, clang 22 ends the barriers of the function
// that copies between warps for a reduction with jumps to the region's end,
// which is in another function: bitcode that no reader takes
// (test/parallel/cancel-reduction.c notices when that ends).  Who waits in such
// a function learns of the cancellation from the runtime, so it needs no jump.
bool mendReductionBarriers(Module &M) {
  SmallVector<CallInst *, 8> Barriers;
  if (Function *Callee = M.getFunction("__kmpc_cancel_barrier"))
    for (User *U : Callee->users())
      if (auto *Call = dyn_cast<CallInst>(U))
        Barriers.push_back(Call);
  SmallSetVector<Function *, 4> Mended;
  for (CallInst *Barrier : Barriers) {
    Mended.insert(Barrier->getFunction());
    forgetCancellation(Barrier);
  }
  for (Function *F : Mended)
    removeUnreachableBlocks(*F);
  return !Mended.empty();
}

// Barriers are cancellation points (OpenMP 5.2, 16.2), and clang makes them so
// for the host.  For GPUs clang 22 forgets the test.  As on the host, it is for
// the barriers of the function that cancels.
bool leaveAtBarriers(Function &F) {
  CallInst *Cancellation = nullptr;
  SmallSetVector<BasicBlock *, 4> Exits;
  SmallVector<CallInst *, 8> Barriers;
  for (Instruction &I : instructions(F)) {
    auto *Call = dyn_cast<CallInst>(&I);
    if (!Call)
      continue;
    if (calleeName(*Call) == "__kmpc_barrier")
      Barriers.push_back(Call);
    if (!isCancellation(*Call))
      continue;
    Cancellation = Call;
    if (BasicBlock *Exit = exitBlock(*Call))
      Exits.insert(Exit);
  }
  bool Changed = false;
  for (CallInst *Barrier : Barriers) {
    if (Exits.contains(Barrier->getParent()))
      continue; // it is left already
    DominatorTree Dominators(F);
    auto *Exit = find_if(
        Exits, [&](BasicBlock *E) { return canJump(E, Barrier, Dominators); });
    if (Exit == Exits.end())
      continue;
    leaveAt(Barrier, *Exit, Cancellation->getCalledFunction());
    Changed = true;
  }
  return Changed;
}
