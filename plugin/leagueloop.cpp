// leagueloop.cpp - see leagueloop.h.
#include "leagueloop.h"
#include "leagueir.h"
#include "pass.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;
using namespace heddle;

namespace {

// Iterations of a loop that reduces for which loads travel together.
constexpr unsigned Together = 4;

// The one call in `F` of a function whose name begins with `Prefix`.
CallInst *onlyCall(Function &F, StringRef Prefix) {
  CallInst *Found = nullptr;
  for (CallInst *Call : callsIn(F))
    if (calleeName(*Call).starts_with(Prefix)) {
      if (Found)
        return nullptr;
      Found = Call;
    }
  return Found;
}

bool isConstant(Value *V, uint64_t N) {
  auto *Constant = dyn_cast<ConstantInt>(V);
  return Constant && Constant->getZExtValue() == N;
}

// Whether `V` is what is in `Place`, cast.
bool isLoadOf(Value *V, Value *Place) {
  auto *Load = dyn_cast<LoadInst>(withoutCasts(V));
  return Place && Load && Load->getPointerOperand() == Place;
}

// Whether element `Index` of the array `List` is set to what is in `Place`.
bool passes(Value *List, unsigned Index, Value *Place) {
  auto Sets = [&](Value *Element) {
    return any_of(Element->users(), [&](User *U) {
      auto *Store = dyn_cast<StoreInst>(U);
      return Store && Store->getPointerOperand() == Element &&
             isLoadOf(Store->getValueOperand(), Place);
    });
  };
  return any_of(List->users(),
                [&](User *U) {
                  auto *Element = dyn_cast<GetElementPtrInst>(U);
                  return Element && Element->getNumIndices() == 2 &&
                         isConstant(Element->getOperand(2), Index) &&
                         Sets(Element);
                }) ||
         (Index == 0 && Sets(List));
}

// Whether `Place` is set to what `Parameter` was passed, last of all.
bool receives(Value *Place, Argument &Parameter) {
  AllocaInst *Slot = spillSlot(Parameter);
  StoreInst *Last = nullptr;
  for (User *U : Place->users())
    if (auto *Store = dyn_cast<StoreInst>(U)) {
      if (Last && Last->getParent() != Store->getParent())
        return false;
      if (!Last || Last->comesBefore(Store))
        Last = Store;
    }
  return Last && isLoadOf(Last->getValueOperand(), Slot);
}

// The name with `From` in it replaced by the runtime's for joined loops.
void redirect(CallInst &Call, StringRef From, StringRef To) {
  std::string Name =
      ("__heddle_league_" + To + calleeName(Call).drop_front(From.size()))
          .str();
  Call.setCalledFunction(
      Call.getModule()->getOrInsertFunction(Name, Call.getFunctionType()));
}

// The counter of the loop begins with what is in `Place`, or grows by it: that is
// `Least` or more.
void setLeast(Value *Place, unsigned Least) {
  MDBuilder Metadata(Place->getContext());
  for (User *U : Place->users())
    if (auto *Load = dyn_cast<LoadInst>(U)) {
      unsigned Bits = Load->getType()->getIntegerBitWidth();
      Load->setMetadata(LLVMContext::MD_range,
                        Metadata.createRange(APInt(Bits, Least),
                                             APInt::getSignedMinValue(Bits)));
    }
}

// Let the loads of some iterations of the loop whose increment is in `Step` travel
// together, if it is small.  Few teams reduce at a time, and with one load of each
// of their threads on its way memory would wait for them.
void unroll(Function &Region, Value *Step) {
  DominatorTree Dominators(Region);
  LoopInfo Loops(Dominators);
  for (Loop *L : Loops) {
    bool IsOurs = false, IsSmall = L->isInnermost();
    for (BasicBlock *Block : L->blocks())
      for (Instruction &I : *Block) {
        auto *Load = dyn_cast<LoadInst>(&I);
        IsOurs |= Load && Load->getPointerOperand() == Step;
        IsSmall &= !isa<CallBase>(I) || isa<IntrinsicInst>(I);
      }
    if (!IsOurs || !IsSmall)
      continue;
    // What it takes to know that iterations can be counted: the loop is finite
    // (OpenMP 5.2, 4.4.1), and what counts it begins at 0 or above and goes up.
    addStringMetadataToLoop(L, "llvm.loop.mustprogress", 1);
    addStringMetadataToLoop(L, "llvm.loop.unroll.count", Together);
    for (User *U : Step->users())
      if (auto *Load = dyn_cast<LoadInst>(U)) {
        for (User *Sum : Load->users())
          if (auto *Add = dyn_cast<BinaryOperator>(Sum);
              Add && Add->getOpcode() == Instruction::Add &&
              Add->hasNoSignedWrap())
            Add->setHasNoUnsignedWrap();
      }
  }
}

} // namespace

bool heddle::joinLoops(CallInst &Fork, Function &Region) {
  constexpr StringRef DistributeInit = "__kmpc_distribute_static_init";
  constexpr StringRef ForInit = "__kmpc_for_static_init";
  CallInst *Distribute = onlyCall(*Fork.getFunction(), DistributeInit);
  CallInst *For = onlyCall(Region, ForInit);
  if (!Distribute || !For || Region.arg_size() < HiddenParameters + 2 ||
      !isConstant(Distribute->getArgOperand(ScheduleOperand),
                  DistributeChunked) ||
      !isConstant(For->getArgOperand(ScheduleOperand), StaticChunked) ||
      !isConstant(For->getArgOperand(ChunkOperand), 1) ||
      !hasTeamChunks(*Distribute))
    return false;
  Value *List = Fork.getArgOperand(ArgumentsOperand);
  for (unsigned Bound : {LowerOperand, UpperOperand})
    if (!passes(List, Bound - LowerOperand, Distribute->getArgOperand(Bound)) ||
        !receives(For->getArgOperand(Bound),
                  *Region.getArg(HiddenParameters + Bound - LowerOperand)))
      return false;
  redirect(*Distribute, DistributeInit, "distribute_joined");
  redirect(*For, ForInit, "for_joined");
  setLeast(For->getArgOperand(StrideOperand), 1);
  if (!calleeName(*For).ends_with("u")) // a signed counter
    setLeast(For->getArgOperand(LowerOperand), 0);
  if (findCall(Region, "__kmpc_nvptx_parallel_reduce_nowait_v2"))
    unroll(Region, For->getArgOperand(StrideOperand));
  return true;
}
