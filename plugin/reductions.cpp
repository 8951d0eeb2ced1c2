// reductions.cpp - corrections of what clang 22 says about reductions, to be made
// before any optimisation.
//
// Arrays of 1- and 2-byte elements it combines by words, but does not align them
// to words; and what is left over behind the last whole word it fetches as a
// word, which is right, but stores it as one, beyond the array's end.  Between
// warps it copies what is left over from the array's beginning.  And it says of
// each word of a type that is aligned to more that it is aligned to as much.
// (test/compile/reduction-alignment.c and test/worksharing/reduction-narrow.c.)
//
// As the size of an array section that tasks reduce it passes that of one
// element.  The function that initialises a copy knows the array
// (test/tasking/task-reduction-user.c notices when that ends).
//
// The buffer of an inscan reduction has a size that is known at run time only, and
// where nothing but the region is in a target region clang leaves it in the local
// memory of the thread that begins that (test/worksharing/scan-alone.c).
//
// For `in_reduction` of a variable with static storage duration clang 22 asks
// the runtime for the task's copy and then goes on with the variable itself
// (test/tasking/in-reduction-static.c notices when that ends).  Without this
// step all threads would add to one variable at once.
#include "leagueir.h"
#include "pass.h"
#include "regions.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/MathExtras.h"

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

// `I` accesses `Bytes` bytes, perhaps in a loop over a larger element: no more can
// be said of its alignment.
template <class Access> bool capAlignment(Access *I, uint64_t Bytes) {
  if (!I || I->getAlign().value() <= Bytes)
    return false;
  I->setAlignment(Align(Bytes));
  return true;
}

// What `Call` passes on, and what it gets for that, are words of an element.
bool alignWord(CallInst *Call) {
  Value *Word = Call->getArgOperand(0);
  if (auto *Widened = dyn_cast<CastInst>(Word))
    Word = Widened->getOperand(0);
  uint64_t Bytes = Word->getType()->getIntegerBitWidth() / 8;
  bool Changed = capAlignment(dyn_cast<LoadInst>(Word), Bytes);
  SmallVector<User *, 4> Users(Call->users());
  for (User *U : Call->users())
    if (isa<CastInst>(U))
      append_range(Users, U->users());
  for (User *U : Users)
    if (auto *Store = dyn_cast<StoreInst>(U))
      Changed |= capAlignment(Store, Bytes);
  return Changed;
}

// The element that `Place`, an address in a list, is the place of.
std::optional<uint64_t> slotOf(Value *Place) {
  auto *Slot = dyn_cast<GetElementPtrInst>(Place);
  auto *Number = Slot && Slot->getNumIndices() == 2 &&
                         Slot->getSourceElementType()->isArrayTy()
                     ? dyn_cast<ConstantInt>(Slot->getOperand(2))
                     : nullptr;
  return Number ? std::optional(Number->getZExtValue()) : std::nullopt;
}

// What `Call` copies between warps behind the last word of an element is there
// and not at the element's beginning.
bool copyRests(CallInst *Call, unsigned List, unsigned Copy) {
  auto *F = dyn_cast<Function>(Call->getArgOperand(Copy)->stripPointerCasts());
  SmallVector<uint64_t, 4> Bytes = elementBytes(*Call, List);
  if (!F || F->isDeclaration())
    return false;
  SmallVector<std::pair<Use *, uint64_t>, 8> Rests;
  for (Instruction &I : instructions(F)) {
    std::optional<uint64_t> Slot = slotOf(&I);
    if (!Slot || *Slot >= Bytes.size())
      continue;
    for (User *U : I.users())
      if (auto *Element = dyn_cast<LoadInst>(U))
        for (Use &Access : Element->uses()) {
          User *By = Access.getUser();
          if (getLoadStorePointerOperand(By) != Element)
            continue;
          unsigned Width = getLoadStoreType(By)->getIntegerBitWidth() / 8;
          if (Width < 4) // all before it is copied by twice as many
            Rests.push_back({&Access, alignDown(Bytes[*Slot], 2 * Width)});
        }
  }
  for (auto [Access, Distance] : Rests) {
    IRBuilder<> Builder(cast<Instruction>(Access->getUser()));
    Access->set(
        Builder.CreatePtrAdd(Access->get(), Builder.getInt64(Distance)));
  }
  return !Rests.empty();
}

// The variable in which the compiler keeps what `Save` returned.
AllocaInst *slotOfSave(IntrinsicInst *Save) {
  for (User *U : Save->users())
    if (auto *Store = dyn_cast<StoreInst>(U))
      return dyn_cast<AllocaInst>(Store->getPointerOperand());
  return nullptr;
}

// Move `Buffer` to the shared stack, from which it is freed where the local stack
// becomes again what it was before, which the compiler asked for just then.
bool shareBuffer(AllocaInst *Buffer) {
  AllocaInst *Slot = nullptr;
  for (Instruction &I :
       reverse(make_range(Buffer->getParent()->begin(), Buffer->getIterator())))
    if (auto *Save = dyn_cast<IntrinsicInst>(&I);
        Save && Save->getIntrinsicID() == Intrinsic::stacksave) {
      Slot = slotOfSave(Save);
      break;
    }
  if (!Slot || !heddle::escapes(*Buffer))
    return false;
  Module &M = *Buffer->getModule();
  IRBuilder<> Builder(Buffer);
  Type *Pointer = Buffer->getType(), *Size = Builder.getInt64Ty();
  FunctionCallee Allocate =
      M.getOrInsertFunction("__kmpc_alloc_shared", Pointer, Size);
  FunctionCallee Free = M.getOrInsertFunction(
      "__kmpc_free_shared", Builder.getVoidTy(), Pointer, Size);
  Value *Bytes = Builder.CreateMul(
      Builder.CreateZExtOrTrunc(Buffer->getArraySize(), Size),
      Builder.getInt64(Buffer->getDataLayout().getTypeAllocSize(
          Buffer->getAllocatedType())));
  Value *Shared = Builder.CreateCall(Allocate, Bytes);
  for (User *U : Slot->users())
    if (auto *Load = dyn_cast<LoadInst>(U))
      for (User *Restore : Load->users())
        if (auto *End = dyn_cast<IntrinsicInst>(Restore)) {
          Builder.SetInsertPoint(End);
          Builder.CreateCall(Free, {Shared, Bytes});
        }
  Buffer->replaceAllUsesWith(Shared);
  Buffer->eraseFromParent();
  return true;
}

// clang allows no variable-length arrays in device code.  Of what it makes itself
// these buffers alone are for other threads, too.
bool shareBuffers(Module &M) {
  bool Changed = false;
  for (AllocaInst *Buffer : dynamicVariables(M))
    Changed |= shareBuffer(Buffer);
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

SmallVector<uint64_t, 4> elementBytes(CallInst &Call, unsigned List) {
  auto *Places =
      dyn_cast<AllocaInst>(Call.getArgOperand(List)->stripPointerCasts());
  auto *Type =
      Places ? dyn_cast<ArrayType>(Places->getAllocatedType()) : nullptr;
  SmallVector<uint64_t, 4> Bytes(Type ? Type->getNumElements() : 0);
  for (Instruction &I : instructions(*Call.getFunction()))
    if (auto *Store = dyn_cast<StoreInst>(&I)) {
      Value *Place = Store->getPointerOperand();
      std::optional<uint64_t> Slot = slotOf(Place);
      if (Slot && *Slot < Bytes.size() &&
          cast<GetElementPtrInst>(Place)->getPointerOperand() == Places)
        Bytes[*Slot] =
            variableBytes(Store->getValueOperand()->stripPointerCasts());
    }
  return Bytes;
}

bool correctReductions(Module &M) {
  bool Changed = forCalls(M, "__kmpc_shuffle_int32", storeNarrowly);
  Changed |= forCalls(M, "__kmpc_shuffle_int32", alignWord);
  Changed |= forCalls(M, "__kmpc_shuffle_int64", alignWord);
  auto Lists = [&](StringRef Name, unsigned List) { // and the functions behind
    Changed |= forCalls(M, Name, [&](CallInst *Call) {
      bool Aligned = alignCopies(Call, List, List + 1);
      return copyRests(Call, List, List + 2) || Aligned;
    });
  };
  Lists("__kmpc_nvptx_parallel_reduce_nowait_v2", 2);
  Lists("__kmpc_nvptx_teams_reduce_nowait_v2", 4);
  Changed |= shareBuffers(M);
  Changed |= forCalls(M, "__kmpc_task_reduction_get_th_data", useCopy);
  Changed |= forCalls(M, "__kmpc_taskred_init",
                      [](CallInst *Call) { return correctSizes(Call, 2); });
  Changed |= forCalls(M, "__kmpc_taskred_modifier_init",
                      [](CallInst *Call) { return correctSizes(Call, 4); });
  return Changed;
}
