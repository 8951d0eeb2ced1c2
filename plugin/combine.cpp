// combine.cpp - what it takes to reduce over threads that are not lanes.
//
// The function that clang makes for a reduction is one for lanes: it fetches each
// word of another lane's copies by __kmpc_shuffle_*, and then combines.  The
// threads of a grid team are warps, which hand words on in memory (reduce.c).  So
// two functions are made from it: one that writes the words of a thread's copies
// down, and one that takes them from there and combines.  __heddle_reduce gets
// both, and how many words there are.
#include "leagueir.h"
#include "pass.h"
#include "regions.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;
using namespace heddle;

namespace {

constexpr StringRef Reduce = "__kmpc_nvptx_parallel_reduce_nowait_v2";
constexpr uint64_t WordBytes = 4;
constexpr unsigned ListOperand = 2;

bool isShuffle(const CallInst &Call) {
  return calleeName(Call).starts_with("__kmpc_shuffle_int");
}

uint64_t bytesOf(const CallInst &Shuffle) {
  return Shuffle.getType()->getIntegerBitWidth() / 8;
}

// What the two functions made from a third are to be called, and how its other
// parameters must be to make it combine always, or never.
struct Purpose {
  StringRef Name;
  bool Combines;
  uint64_t Lane, Offset, Algorithm;
};
constexpr Purpose Writing = {"_write", false, 1, 0, 2};
constexpr Purpose Combining = {"_combine_one", true, 0, 0, 0};

// `Shuffle` with words in memory in place of another lane's:
// void (void *list, uint32_t *words).
Function *withoutLanes(Function &Shuffle, const Purpose &P) {
  LLVMContext &Context = Shuffle.getContext();
  Type *Pointer = PointerType::get(Context, 0);
  auto *F = Function::Create(
      FunctionType::get(Type::getVoidTy(Context), {Pointer, Pointer}, false),
      GlobalValue::InternalLinkage, Shuffle.getName() + P.Name,
      Shuffle.getParent());
  ValueToValueMapTy Map;
  auto Fix = [&](unsigned Number, uint64_t Value) {
    Argument *Parameter = Shuffle.getArg(Number);
    Map[Parameter] = ConstantInt::get(Parameter->getType(), Value);
  };
  Map[Shuffle.getArg(0)] = F->getArg(0);
  Fix(1, P.Lane);
  Fix(2, P.Offset);
  Fix(3, P.Algorithm);
  SmallVector<ReturnInst *, 4> Returns;
  CloneFunctionInto(F, &Shuffle, Map, CloneFunctionChangeType::LocalChangesOnly,
                    Returns);
  stripDebugInfo(*F);

  IRBuilder<> Builder(&*F->getEntryBlock().getFirstInsertionPt());
  AllocaInst *Next = Builder.CreateAlloca(Pointer, nullptr, "next");
  Builder.CreateStore(F->getArg(1), Next);
  for (CallInst *Call : callsIn(*F)) {
    Builder.SetInsertPoint(Call);
    if (calleeName(*Call) == "__kmpc_get_warp_size") { // the shuffle's width
      Call->replaceAllUsesWith(ConstantInt::get(Call->getType(), 1));
      Call->eraseFromParent();
    } else if (isShuffle(*Call)) {
      Value *Place = Builder.CreateLoad(Pointer, Next);
      Value *Word = Call->getArgOperand(0);
      if (P.Combines)
        Word =
            Builder.CreateAlignedLoad(Call->getType(), Place, Align(WordBytes));
      else
        Builder.CreateAlignedStore(Word, Place, Align(WordBytes));
      Builder.CreateStore(Builder.CreateConstGEP1_64(Builder.getInt8Ty(), Place,
                                                     bytesOf(*Call)),
                          Next);
      Call->replaceAllUsesWith(Word);
      Call->eraseFromParent();
    }
  }
  return F;
}

// Combine `n` records, `stride` words apart, one after the other:
// void (void *list, const uint32_t *words, uint32_t n, uint32_t stride).
Function *forSeveral(Function &One, const Twine &Name) {
  LLVMContext &Context = One.getContext();
  Type *Pointer = PointerType::get(Context, 0);
  Type *Number = Type::getInt32Ty(Context);
  auto *F = Function::Create(
      FunctionType::get(Type::getVoidTy(Context),
                        {Pointer, Pointer, Number, Number}, false),
      GlobalValue::InternalLinkage, Name, One.getParent());
  F->addFnAttrs(AttrBuilder(Context, One.getAttributes().getFnAttrs()));
  auto *Entry = BasicBlock::Create(Context, "", F);
  auto *Head = BasicBlock::Create(Context, "", F);
  auto *Body = BasicBlock::Create(Context, "", F);
  auto *Exit = BasicBlock::Create(Context, "", F);
  IRBuilder<> Builder(Entry);
  Builder.CreateBr(Head);
  Builder.SetInsertPoint(Head);
  PHINode *At = Builder.CreatePHI(Number, 2);
  Builder.CreateCondBr(Builder.CreateICmpULT(At, F->getArg(2)), Body, Exit);
  Builder.SetInsertPoint(Body);
  Value *Place = Builder.CreateGEP(Number, F->getArg(1),
                                   Builder.CreateMul(At, F->getArg(3)));
  Builder.CreateCall(&One, {F->getArg(0), Place});
  At->addIncoming(Builder.getInt32(0), Entry);
  At->addIncoming(Builder.CreateAdd(At, Builder.getInt32(1)), Body);
  Builder.CreateBr(Head);
  Builder.SetInsertPoint(Exit);
  Builder.CreateRetVoid();
  return F;
}

// How many words there are of what `Call` reduces, or more if that cannot be told.
// clang fetches an element by 8 bytes, and then by 4, 2 and 1.
uint64_t countWords(CallInst &Call) {
  SmallVector<uint64_t, 4> Elements = elementBytes(Call, ListOperand);
  if (Elements.empty() || is_contained(Elements, 0)) { // a word for each byte
    auto *Bytes = dyn_cast<ConstantInt>(Call.getArgOperand(1));
    return Bytes ? Bytes->getZExtValue() : 0;
  }
  uint64_t Words = 0;
  for (uint64_t Bytes : Elements)
    Words += Bytes / 8 * 2 + Bytes % 8 / 4 + Bytes % 4 / 2 + Bytes % 2;
  return Words;
}

} // namespace

bool combineWithoutLanes(Module &M) {
  Function *Callee = M.getFunction(Reduce);
  if (!Callee)
    return false;
  Type *Pointer = PointerType::get(M.getContext(), 0);
  Type *Number = Type::getInt32Ty(M.getContext());
  struct Made {
    Function *Write, *Combine;
  };
  DenseMap<Function *, Made> Known;
  bool Changed = false;
  for (User *U : make_early_inc_range(Callee->users())) {
    auto *Call = dyn_cast<CallInst>(U);
    auto *Shuffle =
        Call && Call->getCalledFunction() == Callee
            ? dyn_cast<Function>(Call->getArgOperand(3)->stripPointerCasts())
            : nullptr;
    uint64_t Words =
        Shuffle && !Shuffle->isDeclaration() ? countWords(*Call) : 0;
    if (Words == 0)
      continue;
    Made &F = Known[Shuffle];
    if (!F.Write) {
      F.Write = withoutLanes(*Shuffle, Writing);
      F.Combine = forSeveral(*withoutLanes(*Shuffle, Combining),
                             Shuffle->getName() + "_combine");
    }
    FunctionCallee Ours =
        M.getOrInsertFunction("__heddle_reduce", Number, Pointer, Pointer,
                              Pointer, Pointer, Pointer, Pointer, Number);
    cast<Function>(Ours.getCallee())->addFnAttr(Attribute::Convergent);
    IRBuilder<> Builder(Call);
    Value *Result = Builder.CreateCall(
        Ours, {Call->getArgOperand(0), Call->getArgOperand(ListOperand),
               Call->getArgOperand(3), Call->getArgOperand(4), F.Write,
               F.Combine, Builder.getInt32((uint32_t)Words)});
    Call->replaceAllUsesWith(Result);
    Call->eraseFromParent();
    Changed = true;
  }
  return Changed;
}
