// leagueir.cpp - see leagueir.h.
#include "leagueir.h"

#include "pass.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

bool heddle::isReduction(StringRef Name) {
  return Name == "__kmpc_nvptx_parallel_reduce_nowait_v2" ||
         Name == "__kmpc_nvptx_teams_reduce_nowait_v2";
}

SmallVector<CallInst *, 16> heddle::callsIn(Function &F) {
  SmallVector<CallInst *, 16> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<CallInst>(&I); Call && !Call->isInlineAsm())
      Calls.push_back(Call);
  return Calls;
}

CallInst *heddle::findCall(Function &F, StringRef Name) {
  for (CallInst *Call : callsIn(F))
    if (calleeName(*Call) == Name)
      return Call;
  return nullptr;
}

GlobalVariable *heddle::environment(CallInst &Init) {
  auto *Environment =
      dyn_cast<GlobalVariable>(Init.getArgOperand(0)->stripPointerCasts());
  return Environment && Environment->hasInitializer() ? Environment : nullptr;
}

std::optional<int64_t> heddle::configuration(CallInst &Init, unsigned Field) {
  GlobalVariable *Environment = environment(Init);
  if (!Environment)
    return std::nullopt;
  Constant *Value = Environment->getInitializer()->getAggregateElement(0u);
  Value = Value ? Value->getAggregateElement(Field) : nullptr;
  auto *Number = dyn_cast_or_null<ConstantInt>(Value);
  return Number ? std::optional(Number->getSExtValue()) : std::nullopt;
}

void heddle::setConfiguration(GlobalVariable &Environment, unsigned Field,
                              uint64_t Value) {
  Constant *Old = Environment.getInitializer();
  auto Replace = [](Constant *Whole, unsigned Field, Constant *Part) {
    SmallVector<Constant *, 16> Parts;
    for (unsigned I = 0; I < Whole->getType()->getStructNumElements(); I++)
      Parts.push_back(I == Field ? Part : Whole->getAggregateElement(I));
    return ConstantStruct::get(cast<StructType>(Whole->getType()), Parts);
  };
  Constant *Configuration = Old->getAggregateElement(0u);
  Type *Kind = Configuration->getAggregateElement(Field)->getType();
  Environment.setInitializer(Replace(
      Old, 0, Replace(Configuration, Field, ConstantInt::get(Kind, Value))));
}

bool heddle::belongsTo(const Function &F, const User *User) {
  return F.hasLocalLinkage() && !F.isDeclaration() && F.hasOneUse() &&
         *F.user_begin() == User;
}

AllocaInst *heddle::spillSlot(Argument &Parameter) {
  for (User *U : Parameter.users())
    if (auto *Store = dyn_cast<StoreInst>(U))
      if (auto *Slot = dyn_cast<AllocaInst>(Store->getPointerOperand()))
        return Slot;
  return nullptr;
}

bool heddle::allUses(Argument &Parameter, function_ref<bool(Use &)> IsFine) {
  SmallVector<Value *, 8> Pointers = {&Parameter};
  SmallPtrSet<Value *, 8> Seen;
  AllocaInst *Slot = spillSlot(Parameter);
  auto IsSpill = [&](User *U) {
    auto *Store = dyn_cast<StoreInst>(U);
    return Store && Store->getValueOperand() == &Parameter &&
           Store->getPointerOperand() == Slot;
  };
  if (Slot)
    for (User *U : Slot->users()) {
      if (isa<LoadInst>(U))
        Pointers.push_back(U);
      else if (!IsSpill(U))
        return false;
    }
  while (!Pointers.empty())
    for (Use &U : Pointers.pop_back_val()->uses()) {
      User *I = U.getUser();
      if (isa<GetElementPtrInst, PHINode, SelectInst, AddrSpaceCastInst>(I)) {
        if (Seen.insert(I).second)
          Pointers.push_back(I);
      } else if (!IsSpill(I) && !IsFine(U)) {
        return false;
      }
    }
  return true;
}

SmallVector<BasicBlock *, 2> heddle::resultBlocks(Function &F) {
  SmallVector<BasicBlock *, 2> Results;
  for (CallInst *Call : callsIn(F))
    if (isReduction(calleeName(*Call)))
      for (User *Test : Call->users())
        for (User *Jump : Test->users())
          if (auto *Branch = dyn_cast<BranchInst>(Jump);
              Branch && Branch->isConditional() && isa<ICmpInst>(Test) &&
              cast<ICmpInst>(Test)->getPredicate() == CmpInst::ICMP_EQ)
            Results.push_back(Branch->getSuccessor(0));
  return Results;
}

Value *heddle::withoutCasts(Value *V) {
  while (auto *Cast = dyn_cast<CastInst>(V))
    V = Cast->getOperand(0);
  return V;
}

bool heddle::hasTeamChunks(CallInst &Distribute) {
  auto *Size =
      dyn_cast<CallInst>(withoutCasts(Distribute.getArgOperand(ChunkOperand)));
  return Size &&
         calleeName(*Size) == "__kmpc_get_hardware_num_threads_in_block";
}

uint64_t heddle::variableBytes(Value *Pointer) {
  if (auto *Variable = dyn_cast<AllocaInst>(Pointer))
    return Variable->getDataLayout().getTypeAllocSize(
        Variable->getAllocatedType());
  auto *Call = dyn_cast<CallInst>(Pointer);
  if (!Call || calleeName(*Call) != "__kmpc_alloc_shared")
    return 0;
  auto *Bytes = dyn_cast<ConstantInt>(Call->getArgOperand(0));
  return Bytes ? Bytes->getZExtValue() : 0;
}
