// packshared.cpp - what a function puts on the shared stack, as one block and
// only where it is needed.
//
// Clang allocates each shared variable by itself, where the function begins, and
// frees it where it returns; in a recursive function that is paid at the leaves
// too, which rarely need any.
#include "pass.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/PostDominators.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;
using namespace heddle;

namespace {

bool isFree(const Value &V) {
  auto *Call = dyn_cast<CallInst>(&V);
  return Call && calleeName(*Call) == "__kmpc_free_shared";
}

class Packer {
public:
  explicit Packer(Function &F) : F(F) {}

  bool run() {
    if (F.hasOptNone() || F.getCallingConv() == CallingConv::PTX_Kernel ||
        !collect())
      return false;
    bool Changed = Blocks.size() > 1;
    if (Changed)
      pack();
    // Among others, which it might outlast, it stays where it is.
    return (!HasOthers && sink()) || Changed;
  }

private:
  Function &F;
  SmallVector<CallInst *, 8> Blocks;    // allocated in the entry block
  SmallVector<ReturnInst *, 4> Returns; // each with frees of all before it
  SmallVector<CallInst *, 8> Frees;     // those
  bool HasOthers = false; // elsewhere, or of a size that is not constant

  // False if not all is as clang and globalize.cpp leave it.
  bool collect() {
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<CallInst>(&I);
          Call && calleeName(*Call) == "__kmpc_alloc_shared") {
        if (Call->getParent() == &F.getEntryBlock() &&
            isa<ConstantInt>(Call->getArgOperand(0)))
          Blocks.push_back(Call);
        else
          HasOthers = true;
      }
    for (BasicBlock &B : F)
      if (auto *Return = dyn_cast<ReturnInst>(B.getTerminator()))
        Returns.push_back(Return);
    for (CallInst *Block : Blocks) {
      SmallPtrSet<BasicBlock *, 4> Freed;
      for (User *U : Block->users())
        if (isFree(*U)) {
          auto *Free = cast<CallInst>(U);
          Frees.push_back(Free);
          if (!isa<ReturnInst>(Free->getParent()->getTerminator()) ||
              !Freed.insert(Free->getParent()).second)
            return false;
        }
      if (Freed.size() != Returns.size())
        return false;
    }
    return !Blocks.empty() && !Returns.empty();
  }

  // One block for all.  It is freed behind the last free of each return, where
  // all that were allocated later have gone.
  void pack() {
    uint64_t Bytes = 0;
    SmallVector<uint64_t, 8> Offsets;
    for (CallInst *Block : Blocks) {
      Offsets.push_back(Bytes);
      Bytes +=
          alignTo(cast<ConstantInt>(Block->getArgOperand(0))->getZExtValue(),
                  SharedAlignment);
    }
    CallInst *First = Blocks[0];
    Value *Size = ConstantInt::get(First->getArgOperand(0)->getType(), Bytes);
    First->setArgOperand(0, Size);
    SmallVector<CallInst *, 8> Kept;
    for (CallInst *Free : Frees)
      if (Free->getArgOperand(0) == First) {
        Free->setArgOperand(1, Size);
        Free->moveBefore(
            lastFree(*Free->getParent())->getNextNode()->getIterator());
        Kept.push_back(Free);
      }
    for (CallInst *Free : Frees)
      if (!is_contained(Kept, Free))
        Free->eraseFromParent();
    Frees = Kept;
    for (size_t I = 1; I < Blocks.size(); I++) {
      IRBuilder<> Builder(Blocks[I]);
      Value *Part = Builder.CreatePtrAdd(First, Builder.getInt64(Offsets[I]));
      Part->takeName(Blocks[I]);
      Blocks[I]->replaceAllUsesWith(Part);
      Blocks[I]->eraseFromParent();
    }
    Blocks.resize(1);
  }

  static Instruction *lastFree(BasicBlock &B) {
    for (Instruction &I : reverse(B))
      if (isFree(I))
        return &I;
    llvm_unreachable("a return without frees");
  }

  // Where `U` needs its value.
  static BasicBlock *blockOf(const Use &U) {
    auto *User = cast<Instruction>(U.getUser());
    if (auto *Phi = dyn_cast<PHINode>(User))
      return Phi->getIncomingBlock(U);
    return User->getParent();
  }

  // Allocate the block where all of its uses come behind, and free it where they
  // have come, if that is reached from there whatever happens.
  bool sink() {
    DominatorTree Dominators(F);
    PostDominatorTree PostDominators(F);
    LoopInfo Loops(Dominators);
    CallInst *Block = Blocks[0];
    SmallVector<Instruction *, 8> Parts; // addresses in the entry block
    BasicBlock *From = nullptr, *To = nullptr;
    auto Consider = [&](Value &Address) {
      for (const Use &U : Address.uses()) {
        auto *Part = dyn_cast<GetElementPtrInst>(U.getUser());
        if (isFree(*U.getUser()) || (Part && is_contained(Parts, Part)))
          continue;
        BasicBlock *B = blockOf(U);
        From = From ? Dominators.findNearestCommonDominator(From, B) : B;
        To = To ? PostDominators.findNearestCommonDominator(To, B) : B;
        if (!To)
          return false;
      }
      return true;
    };
    for (User *U : Block->users())
      if (auto *Part = dyn_cast<GetElementPtrInst>(U);
          Part && Part->hasAllConstantIndices() &&
          Part->getParent() == &F.getEntryBlock())
        Parts.push_back(Part);
    if (!Consider(*Block))
      return false;
    for (Instruction *Part : Parts)
      if (!Consider(*Part))
        return false;
    if (!From || From == &F.getEntryBlock() || Loops.getLoopFor(From) ||
        Loops.getLoopFor(To) || !Dominators.dominates(From, To) ||
        !PostDominators.dominates(To, From) || !isQuietBehind(*To))
      return false;
    moveTo(*From, *To, Parts);
    return true;
  }

  // Whether nothing is called between the end of `B` and the return: then nobody
  // can use the freed memory for something else before the function ends, and
  // what still knows an address in it finds it as it was.
  bool isQuietBehind(BasicBlock &B) {
    SmallPtrSet<BasicBlock *, 8> Seen;
    SmallVector<BasicBlock *, 8> ToSee(successors(&B));
    while (!ToSee.empty()) {
      BasicBlock *Next = ToSee.pop_back_val();
      if (!Seen.insert(Next).second)
        continue;
      for (Instruction &I : *Next)
        if (isa<CallBase>(I) && !isa<IntrinsicInst>(I) &&
            !(isFree(I) && is_contained(Frees, &I)))
          return false;
      ToSee.append(succ_begin(Next), succ_end(Next));
    }
    return true;
  }

  void moveTo(BasicBlock &From, BasicBlock &To, ArrayRef<Instruction *> Parts) {
    CallInst *Block = Blocks[0];
    Block->moveBefore(From.getFirstInsertionPt());
    Instruction *Last = Block;
    for (Instruction *Part : Parts) {
      Part->moveAfter(Last);
      Last = Part;
    }
    CallInst *Kept = Frees[0];
    Kept->moveBefore(To.getTerminator()->getIterator());
    for (CallInst *Free : drop_begin(Frees))
      Free->eraseFromParent();
  }
};

} // namespace

bool heddle::packShared(Function &F) { return Packer(F).run(); }
