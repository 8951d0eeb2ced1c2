// reductions.cpp - corrections of what clang 22 says about reductions, to be made
// before any optimisation.
//
// Arrays of 1- and 2-byte elements it combines by words, but does not align them
// to words; and what is left over behind the last whole word it fetches as a
// word, which is right, but stores it as one, beyond the array's end.
// (test/compile/reduction-alignment.c and test/worksharing/reduction-narrow.c.)
//
// As the size of an array section that tasks reduce it passes that of one
// element.  The function that initialises a copy knows the array
// (test/tasking/task-reduction-user.c notices when that ends).
//
// For `in_reduction` of a variable with static storage duration clang 22 asks
// the runtime for the task's copy and then goes on with the variable itself
// (test/tasking/in-reduction-static.c notices when that ends).  Without this
// step all threads would add to one variable at once.
#include "pass.h"
#include "regions.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;
using namespace heddle;

namespace {

bool asksForCopy(const User *U) {
  auto *Call = dyn_cast<CallInst>(U);
  return Call && calleeName(*Call) == "__kmpc_task_reduction_get_th_data";
}

// The static variable that `Pointer` is a constant distance from, or null.
GlobalVariable *staticBase(Value *Pointer, const DataLayout &Layout,
                           APInt &Distance) {
  if (!isa<Constant>(Pointer) || !Pointer->getType()->isPointerTy())
    return nullptr;
  Distance = APInt(Layout.getIndexTypeSizeInBits(Pointer->getType()), 0);
  return dyn_cast<GlobalVariable>(Pointer->stripAndAccumulateConstantOffsets(
      Layout, Distance, /*AllowNonInbounds=*/true));
}

// What follows `Call` in its function uses the copy that it returns.
bool useCopy(CallInst *Call) {
  Function &F = *Call->getFunction();
  const DataLayout &Layout = F.getDataLayout();
  APInt Start, Distance;
  GlobalVariable *Variable = staticBase(Call->getArgOperand(2), Layout, Start);
  if (!Variable)
    return false;
  DominatorTree Tree(F);
  SmallVector<Use *, 8> Uses;
  for (Instruction &I : instructions(F))
    for (Use &U : I.operands())
      if (!asksForCopy(&I) && Tree.dominates(Call, U) &&
          staticBase(U, Layout, Distance) == Variable)
        Uses.push_back(&U);
  IRBuilder<> Builder(Call->getNextNode());
  for (Use *U : Uses) {
    staticBase(*U, Layout, Distance);
    U->set(Distance == Start
               ? Call
               : Builder.CreatePtrAdd(Call, Builder.getInt(Distance - Start)));
  }
  return !Uses.empty();
}

// The size of the array that `Init` initialises, its first argument; 0 if that
// is none.
uint64_t arrayBytes(Function &Init) {
  auto IsFirstArgument = [&](Value *Pointer) {
    auto *Load = dyn_cast<LoadInst>(Pointer);
    return Load && any_of(Init.getArg(0)->users(), [&](User *U) {
             auto *Store = dyn_cast<StoreInst>(U);
             return Store &&
                    Store->getPointerOperand() == Load->getPointerOperand();
           });
  };
  for (Instruction &I : instructions(Init))
    if (auto *Element = dyn_cast<GetElementPtrInst>(&I))
      if (Element->getSourceElementType()->isArrayTy() &&
          IsFirstArgument(Element->getPointerOperand()))
        return Init.getDataLayout().getTypeAllocSize(
            Element->getSourceElementType());
  return 0;
}

// Where the fields of struct kmp_taskred_input are (devicertl/abi.h).
constexpr uint64_t InputBytes = 56, SizeAt = 16, InitAt = 24;

// Correct the sizes in the list that `Call` passes as argument `Argument`.
bool correctSizes(CallInst *Call, unsigned Argument) {
  Function &F = *Call->getFunction();
  const DataLayout &Layout = F.getDataLayout();
  Value *List = Call->getArgOperand(Argument)->stripPointerCasts();
  DenseMap<uint64_t, StoreInst *> Field;
  for (Instruction &I : instructions(F))
    if (auto *Store = dyn_cast<StoreInst>(&I)) {
      Value *Pointer = Store->getPointerOperand();
      APInt At(Layout.getIndexTypeSizeInBits(Pointer->getType()), 0);
      if (Pointer->stripAndAccumulateConstantOffsets(Layout, At, true) == List)
        Field[At.getZExtValue()] = Store;
    }
  bool Changed = false;
  for (auto [At, Store] : Field) {
    auto *Init = dyn_cast<Function>(Store->getValueOperand());
    StoreInst *Size = At % InputBytes == InitAt
                          ? Field.lookup(At - InitAt + SizeAt)
                          : nullptr;
    if (!Init || Init->isDeclaration() || !Size)
      continue;
    auto *Given = dyn_cast<ConstantInt>(Size->getValueOperand());
    uint64_t Bytes = arrayBytes(*Init);
    if (!Given || Given->getValue().uge(Bytes))
      continue;
    Size->setOperand(0, ConstantInt::get(Given->getType(), Bytes));
    Changed = true;
  }
  return Changed;
}

// What `Call` fetches of another thread's copy is stored as wide as it is.
bool storeNarrowly(CallInst *Call) {
  auto *Widened = dyn_cast<SExtInst>(Call->getArgOperand(0));
  if (!Widened)
    return false;
  bool Changed = false;
  for (User *U : make_early_inc_range(Call->users())) {
    auto *Store = dyn_cast<StoreInst>(U);
    if (!Store || Store->getValueOperand() != Call)
      continue;
    IRBuilder<> Builder(Store);
    Type *Narrow = Widened->getSrcTy();
    Align Alignment = std::min(Store->getAlign(),
                               Call->getDataLayout().getABITypeAlign(Narrow));
    Builder.CreateAlignedStore(Builder.CreateTrunc(Call, Narrow),
                               Store->getPointerOperand(), Alignment);
    Store->eraseFromParent();
    Changed = true;
  }
  return Changed;
}

bool alignTo(AllocaInst *Variable, Align Alignment) {
  if (!Variable || Variable->getAlign() >= Alignment)
    return false;
  Variable->setAlignment(Alignment);
  return true;
}

// What `Call` reduces, by its list and the function that combines copies, lies at
// multiples of the largest word that those are combined by.
bool alignCopies(CallInst *Call, unsigned List, unsigned Shuffle) {
  const Align Word(8);
  Value *Places = Call->getArgOperand(List)->stripPointerCasts();
  bool Changed = false;
  for (Instruction &I : instructions(*Call->getFunction()))
    if (auto *Store = dyn_cast<StoreInst>(&I);
        Store && Store->getPointerOperand()->stripInBoundsOffsets() == Places)
      Changed |= alignTo(
          dyn_cast<AllocaInst>(Store->getValueOperand()->stripPointerCasts()),
          Word);
  if (auto *F =
          dyn_cast<Function>(Call->getArgOperand(Shuffle)->stripPointerCasts()))
    for (Instruction &I : instructions(F))
      Changed |= alignTo(dyn_cast<AllocaInst>(&I), Word);
  return Changed;
}

// Apply `Correct` to all calls of the function called `Name`.
bool forCalls(Module &M, StringRef Name,
              function_ref<bool(CallInst *)> Correct) {
  Function *Callee = M.getFunction(Name);
  bool Changed = false;
  if (Callee)
    for (User *U : Callee->users())
      if (auto *Call = dyn_cast<CallInst>(U))
        if (Call->getCalledFunction() == Callee)
          Changed |= Correct(Call);
  return Changed;
}

} // namespace

bool correctReductions(Module &M) {
  bool Changed = forCalls(M, "__kmpc_shuffle_int32", storeNarrowly);
  Changed |= forCalls(M, "__kmpc_nvptx_parallel_reduce_nowait_v2",
                      [](CallInst *Call) { return alignCopies(Call, 2, 3); });
  Changed |= forCalls(M, "__kmpc_nvptx_teams_reduce_nowait_v2",
                      [](CallInst *Call) { return alignCopies(Call, 4, 5); });
  Changed |= forCalls(M, "__kmpc_task_reduction_get_th_data", useCopy);
  Changed |= forCalls(M, "__kmpc_taskred_init",
                      [](CallInst *Call) { return correctSizes(Call, 2); });
  Changed |= forCalls(M, "__kmpc_taskred_modifier_init",
                      [](CallInst *Call) { return correctSizes(Call, 4); });
  return Changed;
}
