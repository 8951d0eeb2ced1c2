// regions.cpp - thunks for parallel regions, and untied tasks in one piece.
//
// See regions.h for what and the functions below for why.
#include "regions.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace {

// Operands of __kmpc_parallel_60.
enum { RegionOperand = 5, WrapperOperand = 6, CountOperand = 8 };
// HDL_NARGS_THUNK of devicertl/abi.h.
constexpr uint64_t ThunkBit = uint64_t(1) << 32;
// Flags of __kmpc_omp_task_alloc, and TASK_CHECKED of devicertl/abi.h.
enum { FlagsOperand = 2 };
constexpr uint32_t CheckedBit = uint32_t(1) << 30;
// A region's parameters before the captured variables: two thread numbers.
constexpr unsigned HiddenParameters = 2;

// void thunk(ptr gtid, ptr btid, ptr args): Region with its arguments loaded.
Function *makeThunk(Function &Region) {
  Module &M = *Region.getParent();
  LLVMContext &Context = M.getContext();
  Type *Pointer = PointerType::get(Context, 0);
  auto *Thunk = Function::Create(
      FunctionType::get(Type::getVoidTy(Context), {Pointer, Pointer, Pointer},
                        false),
      GlobalValue::InternalLinkage, Region.getName() + "_thunk", M);
  // Only what the target needs: the region's other attributes are about its
  // own parameters.
  for (StringRef Name : {"target-cpu", "target-features"})
    if (Region.hasFnAttribute(Name))
      Thunk->addFnAttr(Region.getFnAttribute(Name));
  Thunk->addFnAttr(Attribute::Convergent);
  Thunk->addFnAttr(Attribute::NoUnwind);

  IRBuilder<> Builder(BasicBlock::Create(Context, "", Thunk));
  if (DISubprogram *Subprogram = Region.getSubprogram()) {
    // Lines of the region survive being inlined here only if there is a
    // subprogram to be inlined into.
    auto *Copy = MDNode::replaceWithDistinct(Subprogram->clone());
    Thunk->setSubprogram(Copy);
    Builder.SetCurrentDebugLocation(
        DILocation::get(Context, Copy->getLine(), 0, Copy));
  }
  SmallVector<Value *, 16> Arguments = {Thunk->getArg(0), Thunk->getArg(1)};
  for (unsigned I = HiddenParameters; I < Region.arg_size(); I++) {
    Value *Slot = Builder.CreateConstInBoundsGEP1_64(
        Builder.getInt64Ty(), Thunk->getArg(2), I - HiddenParameters);
    Arguments.push_back(Builder.CreateLoad(Region.getArg(I)->getType(), Slot));
  }
  CallInst *Call = Builder.CreateCall(&Region, Arguments);
  Call->setCallingConv(Region.getCallingConv());
  Builder.CreateRetVoid();
  return Thunk;
}

// The parameter of `F` that `V` is a load of, as clang spills it, or null.
Argument *spilledParameter(Value *V) {
  auto *Load = dyn_cast<LoadInst>(V);
  auto *Slot = Load ? dyn_cast<AllocaInst>(Load->getPointerOperand()) : nullptr;
  if (!Slot)
    return nullptr;
  Argument *Parameter = nullptr;
  for (User *U : Slot->users())
    if (auto *Store = dyn_cast<StoreInst>(U)) {
      if (Parameter || Store->getPointerOperand() != Slot)
        return nullptr;
      Parameter = dyn_cast<Argument>(Store->getValueOperand());
      if (!Parameter)
        return nullptr;
    }
  return Parameter;
}

// The switch of `F` that selects the part to run by what `PartId` points to.
SwitchInst *partSwitch(Function &F, Argument *PartId) {
  for (BasicBlock &Block : F)
    if (auto *Switch = dyn_cast<SwitchInst>(Block.getTerminator()))
      if (auto *Load = dyn_cast<LoadInst>(Switch->getCondition()))
        if (spilledParameter(Load->getPointerOperand()) == PartId)
          return Switch;
  return nullptr;
}

// If `Call` gives the running task back to the runtime: where it would go on.
BasicBlock *nextPart(CallInst *Call) {
  if (!spilledParameter(Call->getArgOperand(2)))
    return nullptr; // a child: its task comes from __kmpc_omp_task_alloc
  // The number of the next part is stored just before.
  for (Instruction *I = Call->getPrevNode(); I; I = I->getPrevNode()) {
    auto *Store = dyn_cast<StoreInst>(I);
    if (!Store)
      continue;
    auto *Part = dyn_cast<ConstantInt>(Store->getValueOperand());
    Argument *PartId = spilledParameter(Store->getPointerOperand());
    if (!Part || !PartId)
      return nullptr;
    SwitchInst *Switch = partSwitch(*Call->getFunction(), PartId);
    if (!Switch)
      return nullptr;
    auto Case = Switch->findCaseValue(Part);
    return Case == Switch->case_default() ? nullptr : Case->getCaseSuccessor();
  }
  return nullptr;
}

} // namespace

// The runtime starts a region on another thread by an indirect call.  PTX wants
// the callee's prototype there, so without thunks it needs one call for each
// number of captured variables.  The region itself is then called directly and
// can be inlined into its thunk.
bool addRegionThunks(Module &M) {
  Function *Fork = M.getFunction("__kmpc_parallel_60");
  if (!Fork)
    return false;
  bool Changed = false;
  for (User *U : Fork->users()) {
    auto *Call = dyn_cast<CallInst>(U);
    if (!Call || Call->getCalledFunction() != Fork)
      continue;
    auto *Region = dyn_cast<Function>(Call->getArgOperand(RegionOperand));
    auto *Count = dyn_cast<ConstantInt>(Call->getArgOperand(CountOperand));
    if (!Region || !Count || Count->getZExtValue() & ThunkBit ||
        Count->getZExtValue() + HiddenParameters != Region->arg_size())
      continue;
    Function *Thunk = makeThunk(*Region);
    Call->setArgOperand(RegionOperand, Thunk);
    Call->setArgOperand(WrapperOperand, Thunk);
    Call->setArgOperand(
        CountOperand,
        ConstantInt::get(Count->getType(), Count->getZExtValue() | ThunkBit));
    Changed = true;
  }
  return Changed;
}

// globalize() leaves no address of a local variable in what a task captures, so
// the runtime need not look for any.
bool markTasks(Module &M) {
  Function *Allocate = M.getFunction("__kmpc_omp_task_alloc");
  if (!Allocate)
    return false;
  bool Changed = false;
  for (User *U : Allocate->users()) {
    auto *Call = dyn_cast<CallInst>(U);
    if (!Call || Call->getCalledFunction() != Allocate)
      continue;
    IRBuilder<> Builder(Call);
    Call->setArgOperand(FlagsOperand,
                        Builder.CreateOr(Call->getArgOperand(FlagsOperand),
                                         Builder.getInt32(CheckedBit)));
    Changed = true;
  }
  return Changed;
}

// clang splits an untied task at its scheduling points: each part ends by
// handing the task to the runtime, which calls its entry again for the next.
// For GPUs clang 22 forgets to keep the body's local variables in the task
// between parts.  Going straight on keeps them, and an untied task may always
// go on where it is (OpenMP 5.2, 12.9).
bool joinUntiedParts(Module &M) {
  Function *Submit = M.getFunction("__kmpc_omp_task");
  if (!Submit)
    return false;
  bool Changed = false;
  for (User *U : make_early_inc_range(Submit->users())) {
    auto *Call = dyn_cast<CallInst>(U);
    if (!Call || Call->getCalledFunction() != Submit)
      continue;
    BasicBlock *Next = nextPart(Call);
    auto *Leave = dyn_cast<BranchInst>(Call->getParent()->getTerminator());
    if (!Next || !Leave || !Leave->isUnconditional())
      continue;
    Leave->setSuccessor(0, Next);
    if (Call->use_empty())
      Call->eraseFromParent();
    Changed = true;
  }
  return Changed;
}

SmallVector<AllocaInst *, 4> dynamicVariables(Module &M) {
  SmallVector<AllocaInst *, 4> Dynamic;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Variable = dyn_cast<AllocaInst>(&I))
        if (!Variable->isStaticAlloca())
          Dynamic.push_back(Variable);
  return Dynamic;
}

// PTX takes such a variable from the stack as it is, and what comes after it on
// the stack expects 16 bytes' alignment: clang's list of dependences from an
// iterator, a multiple of 24 bytes, ended in a misaligned address.
bool roundDynamicVariables(Module &M) {
  constexpr uint64_t StackAlignment = 16;
  SmallVector<AllocaInst *, 4> Dynamic = dynamicVariables(M);
  const DataLayout &Layout = M.getDataLayout();
  for (AllocaInst *Variable : Dynamic) {
    IRBuilder<> Builder(Variable);
    Value *Count = Builder.CreateZExtOrTrunc(Variable->getArraySize(),
                                             Builder.getInt64Ty());
    uint64_t Each = Layout.getTypeAllocSize(Variable->getAllocatedType());
    Value *Bytes = Builder.CreateMul(Count, Builder.getInt64(Each));
    Bytes = Builder.CreateAnd(
        Builder.CreateAdd(Bytes, Builder.getInt64(StackAlignment - 1)),
        Builder.getInt64(-StackAlignment));
    AllocaInst *Rounded = Builder.CreateAlloca(Builder.getInt8Ty(), Bytes);
    Rounded->setAlignment(
        std::max(Variable->getAlign(), Align(StackAlignment)));
    Variable->replaceAllUsesWith(Rounded);
    Variable->eraseFromParent();
  }
  return !Dynamic.empty();
}
