// replay.cpp - the teams' part of a generic kernel, executed by all lanes.
//
// In a generic kernel one lane of a block executes what is outside of parallel
// regions, and wakes the others for each region.  If what it does there has no
// effect but on variables of its own, all lanes can do it instead, each for
// itself, and come to the same: then they are there when a region begins, and
// nothing has to be told or awaited.
//
//   P1  A variable that no region writes to, and whose address goes nowhere, is
//       private: each lane has a copy, and all copies have the same value.
//   P2  All other memory is shared.  Outside of regions only thread 0 writes to
//       it, between two barriers: what the others were to read before, they
//       have read, and what they read after is the same for all.
//   P3  Behind a region is a barrier, and one before it if anything outside
//       reads shared memory.  So nobody reads what a region is writing.
//   P4  By P1 to P3 all lanes take the same branches, and meet at the barriers.
//   P5  What only the thread with the result of a reduction over teams does is
//       not for the others anyway.
#include "replay.h"

#include "leaguecalls.h"
#include "leagueir.h"
#include "pass.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;
using namespace heddle;

namespace {

const Value *base(const Value *Pointer) {
  return getUnderlyingObject(Pointer, /*MaxLookup=*/0);
}

// Whether `Pointer` is one of the thread numbers that a function outside of
// regions is passed by address.
bool isThreadNumber(const Value *Pointer) {
  auto *Load = dyn_cast<LoadInst>(Pointer);
  if (!Load || Load->getFunction()->getCallingConv() == CallingConv::PTX_Kernel)
    return false;
  for (Argument &A : const_cast<Function *>(Load->getFunction())->args())
    if (A.getArgNo() < HiddenParameters &&
        spillSlot(A) == Load->getPointerOperand())
      return true;
  return false;
}

// A question that has the same answer in all lanes, or the beginning and end of
// what the League of league.cpp rewrites.
bool isUniform(StringRef Name) {
  return Name == "__kmpc_target_init" || Name == "__kmpc_target_deinit" ||
         Name == "__kmpc_parallel_60" || Name == "__kmpc_global_thread_num" ||
         Name == "__kmpc_nvptx_teams_reduce_nowait_v2" ||
         Name == "__kmpc_reduction_get_fixed_buffer" ||
         Name == "__kmpc_free_shared" || Name == "omp_get_team_num" ||
         Name == "omp_get_num_teams" ||
         Name.starts_with("__kmpc_distribute_static_");
}

bool isAllocation(const Value *V) {
  auto *Call = dyn_cast<CallInst>(V);
  return Call && calleeName(*Call) == "__kmpc_alloc_shared";
}

} // namespace

bool heddle::isOnlyRead(Argument &Parameter) {
  return allUses(Parameter, [](Use &U) {
    User *I = U.getUser();
    if (auto *Load = dyn_cast<LoadInst>(I))
      return Load->isSimple();
    if (auto *Copy = dyn_cast<MemTransferInst>(I))
      return &U != &Copy->getRawDestUse();
    return isa<ICmpInst>(I);
  });
}

bool Replay::isPrivate(const Value *Pointer) const {
  auto *Variable = dyn_cast<Instruction>(base(Pointer));
  return Variable && (isa<AllocaInst>(Variable) || isAllocation(Variable)) &&
         !Shared.contains(const_cast<Instruction *>(Variable));
}

bool Replay::isPossible() {
  for (Function *F : Outside) {
    SmallVector<BasicBlock *, 2> Results = resultBlocks(*F);
    DominatorTree Dominators(*F);
    for (Instruction &I : instructions(*F)) {
      bool IsInResult = any_of(Results, [&](BasicBlock *Block) {
        return Dominators.dominates(Block, I.getParent());
      });
      if (!isPossible(I, IsInResult))
        return false;
    }
  }
  return true;
}

bool Replay::isPossible(Instruction &I, bool IsInResult) {
  if (auto *Variable = dyn_cast<AllocaInst>(&I))
    return Variable->isStaticAlloca() && staysPrivate(*Variable);
  if (auto *Call = dyn_cast<CallInst>(&I))
    return isPossible(*Call);
  if (auto *Store = dyn_cast<StoreInst>(&I)) {
    if (!isPrivate(Store->getPointerOperand()) && !IsInResult)
      Guarded.push_back(Store);
    return Store->isSimple();
  }
  if (auto *Load = dyn_cast<LoadInst>(&I)) {
    ReadsShared |= !isPrivate(Load->getPointerOperand()) &&
                   !isThreadNumber(Load->getPointerOperand());
    return Load->isSimple();
  }
  return !I.mayReadOrWriteMemory();
}

bool Replay::isPossible(CallInst &Call) {
  if (isAllocation(&Call)) {
    if (!Shared.contains(&Call))
      Private.push_back(&Call);
    return variableBytes(&Call) > 0 && staysPrivate(Call);
  }
  if (auto *Memory = dyn_cast<MemIntrinsic>(&Call)) {
    if (auto *Copy = dyn_cast<MemTransferInst>(&Call))
      ReadsShared |= !isPrivate(Copy->getRawSource());
    return !Memory->isVolatile() && isPrivate(Memory->getRawDest());
  }
  if (isa<IntrinsicInst>(Call))
    return Call.isLifetimeStartOrEnd() || isa<DbgInfoIntrinsic>(Call) ||
           isa<AssumeInst>(Call) ||
           (Call.doesNotAccessMemory() &&
            !calleeName(Call).starts_with("llvm.nvvm."));
  Function *Callee = Call.getCalledFunction();
  return Callee &&
         (is_contained(Outside, Callee) || isUniform(Callee->getName()));
}

// Whether the address of `Variable` goes nowhere where it could be used to write
// (P1); one that is shared may go anywhere.
bool Replay::staysPrivate(Instruction &Variable) const {
  if (Shared.contains(&Variable))
    return true;
  SmallVector<Instruction *, 8> Pointers = {&Variable};
  while (!Pointers.empty()) {
    Instruction *Pointer = Pointers.pop_back_val();
    for (Use &U : Pointer->uses()) {
      auto *I = cast<Instruction>(U.getUser());
      if (isa<GetElementPtrInst, AddrSpaceCastInst>(I)) {
        Pointers.push_back(I);
      } else if (auto *Store = dyn_cast<StoreInst>(I)) {
        if (Store->getValueOperand() == Pointer && !mayKeep(*Store))
          return false;
      } else if (auto *Call = dyn_cast<CallInst>(I)) {
        if (!mayPass(*Call, U))
          return false;
      } else if (!isa<LoadInst, ICmpInst>(I)) {
        return false;
      }
    }
  }
  return true;
}

// Whether `Call`, which is possible, only reads its argument `Pointer`, or is
// known to write no more than what is the same in all lanes.
bool Replay::mayPass(CallInst &Call, const Use &Pointer) const {
  Function *Callee = Call.getCalledFunction();
  if (!Callee || !Call.isArgOperand(&Pointer))
    return false;
  unsigned Index = Call.getArgOperandNo(&Pointer);
  if (is_contained(Outside, Callee))
    return Index < Callee->arg_size() && isOnlyRead(*Callee->getArg(Index));
  return true;
}

// Whether `Store` puts the address of a variable into a list: of a region's
// arguments, or of copies that a reduction combines.
bool Replay::mayKeep(StoreInst &Store) const {
  if (!isa<AllocaInst>(Store.getValueOperand()) &&
      !isAllocation(Store.getValueOperand()))
    return false;
  auto *List = dyn_cast<AllocaInst>(base(Store.getPointerOperand()));
  if (!List)
    return false;
  bool IsList = false;
  for (const User *U : List->users()) {
    auto *Call = dyn_cast<CallInst>(U);
    if (isa<GetElementPtrInst, StoreInst>(U) ||
        (Call && Call->isLifetimeStartOrEnd()))
      continue;
    if (!Call || !(isReduction(calleeName(*Call)) ||
                   calleeName(*Call) == "__kmpc_parallel_60"))
      return false;
    IsList = true;
  }
  return IsList;
}

void Replay::apply() {
  for (StoreInst *Store : Guarded)
    guard(*Store);
  for (CallInst *Variable : Private)
    makePrivate(*Variable);
}

// Let thread 0 alone execute `Store` (P2).
void Replay::guard(StoreInst &Store) {
  Module &M = *Store.getModule();
  IRBuilder<> Builder(&Store);
  if (!Store.getDebugLoc())
    Store.setDebugLoc(lineOf(*Store.getFunction()));
  Builder.SetCurrentDebugLocation(Store.getDebugLoc());
  FunctionCallee Barrier =
      leagueFunction(M, "__heddle_league_barrier",
                     FunctionType::get(Builder.getVoidTy(), false));
  FunctionCallee Number =
      leagueFunction(M, "__heddle_league_thread_num",
                     FunctionType::get(Builder.getInt32Ty(), false));
  Builder.CreateCall(Barrier);
  Value *IsFirst = Builder.CreateIsNull(Builder.CreateCall(Number));
  Instruction *Then =
      SplitBlockAndInsertIfThen(IsFirst, Store.getIterator(), false);
  Instruction *After = Store.getNextNode();
  Store.moveBefore(Then->getIterator());
  Builder.SetInsertPoint(After);
  Builder.SetCurrentDebugLocation(Store.getDebugLoc());
  Builder.CreateCall(Barrier);
}

void Replay::makePrivate(CallInst &Variable) {
  for (User *U : make_early_inc_range(Variable.users()))
    if (auto *Call = dyn_cast<CallInst>(U);
        Call && calleeName(*Call) == "__kmpc_free_shared")
      Call->eraseFromParent();
  Function &F = *Variable.getFunction();
  auto *Local = new AllocaInst(
      ArrayType::get(Type::getInt8Ty(F.getContext()), variableBytes(&Variable)),
      0, nullptr, Align(SharedAlignment), "", F.getEntryBlock().begin());
  Variable.replaceAllUsesWith(Local);
  Variable.eraseFromParent();
}
