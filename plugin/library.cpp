// library.cpp - what a program's calls of the C library need before they reach
// the device's (devicertl/libc/).
#include "pass.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace {

// The driver has functions of the first three names, which the runtime uses;
// the others work on blocks of ours only.
constexpr const char *RenamedFunctions[] = {
    "vprintf", "malloc",        "free",           "calloc",
    "realloc", "aligned_alloc", "posix_memalign", "strdup",
};

constexpr unsigned LoopBytes = 128; // LLVM's limit for copies without a loop
constexpr unsigned WideBits = 128;  // what no machine here does atomically

bool isWide(Type *T) { return T->isIntegerTy(WideBits); }

// A local variable of 16 bytes, in the function that the builder is in.
AllocaInst *createVariable(IRBuilder<> &Builder, const Twine &Name) {
  BasicBlock &Entry = Builder.GetInsertBlock()->getParent()->getEntryBlock();
  IRBuilder<> AtEntry(&Entry, Entry.getFirstInsertionPt());
  AllocaInst *Variable =
      AtEntry.CreateAlloca(AtEntry.getIntNTy(WideBits), nullptr, Name);
  Variable->setAlignment(Align(16));
  return Variable;
}

// Call the runtime's `Name`.  Functions for atomic objects take a pointer to the
// object first; clang's own take its size before that.
Value *call(IRBuilder<> &Builder, StringRef Name, Type *Result,
            ArrayRef<Value *> Arguments) {
  Module &M = *Builder.GetInsertBlock()->getModule();
  SmallVector<Type *, 6> Types;
  for (Value *Argument : Arguments)
    Types.push_back(Argument->getType());
  FunctionCallee Function =
      M.getOrInsertFunction(Name, FunctionType::get(Result, Types, false));
  return Builder.CreateCall(Function, Arguments);
}

void lowerUpdate(AtomicRMWInst &Update) {
  IRBuilder<> Builder(&Update);
  AllocaInst *Operand = createVariable(Builder, "wide.operand");
  Builder.CreateStore(Update.getValOperand(), Operand);
  call(Builder, "__heddle_atomic_update", Builder.getVoidTy(),
       {Update.getPointerOperand(), Operand,
        Builder.getInt32(Update.getOperation())});
  Update.replaceAllUsesWith(
      Builder.CreateLoad(Builder.getIntNTy(WideBits), Operand));
}

void lowerCompareExchange(AtomicCmpXchgInst &Exchange) {
  IRBuilder<> Builder(&Exchange);
  AllocaInst *Expected = createVariable(Builder, "wide.expected");
  AllocaInst *Desired = createVariable(Builder, "wide.desired");
  Builder.CreateStore(Exchange.getCompareOperand(), Expected);
  Builder.CreateStore(Exchange.getNewValOperand(), Desired);
  Value *Size = Builder.getInt64(WideBits / 8), *Order = Builder.getInt32(5);
  Value *Success = call(
      Builder, "__atomic_compare_exchange", Builder.getInt1Ty(),
      {Size, Exchange.getPointerOperand(), Expected, Desired, Order, Order});
  Value *Old = Builder.CreateLoad(Builder.getIntNTy(WideBits), Expected);
  Value *Result = PoisonValue::get(Exchange.getType());
  Result = Builder.CreateInsertValue(Result, Old, 0);
  Exchange.replaceAllUsesWith(Builder.CreateInsertValue(Result, Success, 1));
}

void lowerLoad(LoadInst &Load) {
  IRBuilder<> Builder(&Load);
  AllocaInst *Result = createVariable(Builder, "wide.loaded");
  call(Builder, "__atomic_load", Builder.getVoidTy(),
       {Builder.getInt64(WideBits / 8), Load.getPointerOperand(), Result,
        Builder.getInt32(5)});
  Load.replaceAllUsesWith(
      Builder.CreateLoad(Builder.getIntNTy(WideBits), Result));
}

void lowerStore(StoreInst &Store) {
  IRBuilder<> Builder(&Store);
  AllocaInst *Value = createVariable(Builder, "wide.stored");
  Builder.CreateStore(Store.getValueOperand(), Value);
  call(Builder, "__atomic_store", Builder.getVoidTy(),
       {Builder.getInt64(WideBits / 8), Store.getPointerOperand(), Value,
        Builder.getInt32(5)});
}

// Replace `I` if it is a copy that code generation makes a loop over bytes of:
// its size is not known, or LoopBytes at least.
bool lowerCopy(Instruction &I) {
  auto *Copy = dyn_cast<MemIntrinsic>(&I);
  if (!Copy || Copy->isVolatile() || Copy->getDestAddressSpace() != 0)
    return false;
  auto *Size = dyn_cast<ConstantInt>(Copy->getLength());
  if (Size && Size->getValue().ult(LoopBytes))
    return false;
  IRBuilder<> Builder(Copy);
  auto *Transfer = dyn_cast<MemTransferInst>(Copy);
  if (Transfer && Transfer->getSourceAddressSpace() != 0)
    return false;
  StringRef Name = !Transfer                ? "__heddle_memset"
                   : isa<MemMoveInst>(Copy) ? "__heddle_memmove"
                                            : "__heddle_memcpy";
  Value *Source = Transfer
                      ? Transfer->getRawSource()
                      : Builder.CreateZExt(cast<MemSetInst>(Copy)->getValue(),
                                           Builder.getInt32Ty());
  Value *Bytes = Builder.CreateZExt(Copy->getLength(), Builder.getInt64Ty());
  call(Builder, Name, Builder.getPtrTy(), {Copy->getRawDest(), Source, Bytes});
  Copy->eraseFromParent();
  return true;
}

// Replace `I` if it rounds up the binary logarithm of an unsigned integer, of which
// it is the number of bits of what is one less.  Clang asks for that in a scan; no
// GPU has an instruction for it, and not every machine libdevice.
bool lowerLogarithm(Instruction &I) {
  Value *Integer;
  if (!match(&I, m_Intrinsic<Intrinsic::ceil>(
                     m_Intrinsic<Intrinsic::log2>(m_UIToFP(m_Value(Integer))))))
    return false;
  IRBuilder<> Builder(&I);
  Type *T = Integer->getType();
  Value *Less = Builder.CreateSub(Integer, ConstantInt::get(T, 1));
  Value *Zeros =
      Builder.CreateBinaryIntrinsic(Intrinsic::ctlz, Less, Builder.getFalse());
  Value *Bits =
      Builder.CreateSub(ConstantInt::get(T, T->getScalarSizeInBits()), Zeros);
  auto *Logarithm = cast<Instruction>(I.getOperand(0));
  I.replaceAllUsesWith(Builder.CreateUIToFP(Bits, I.getType()));
  I.eraseFromParent();
  if (Logarithm->use_empty())
    Logarithm->eraseFromParent();
  return true;
}

// Replace `I` if it is an atomic access of 16 bytes.
bool lower(Instruction &I) {
  if (auto *Update = dyn_cast<AtomicRMWInst>(&I);
      Update && isWide(Update->getType()))
    lowerUpdate(*Update);
  else if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I);
           Exchange && isWide(Exchange->getCompareOperand()->getType()))
    lowerCompareExchange(*Exchange);
  else if (auto *Load = dyn_cast<LoadInst>(&I);
           Load && Load->isAtomic() && isWide(Load->getType()))
    lowerLoad(*Load);
  else if (auto *Store = dyn_cast<StoreInst>(&I);
           Store && Store->isAtomic() &&
           isWide(Store->getValueOperand()->getType()))
    lowerStore(*Store);
  else
    return false;
  I.eraseFromParent();
  return true;
}

} // namespace

bool heddle::lowerLibrary(Module &M) {
  bool Changed = false;
  for (const char *Name : RenamedFunctions)
    if (Function *F = M.getFunction(Name); F && F->isDeclaration()) {
      F->setName(Twine("__heddle_") + Name);
      Changed = true;
    }
  for (Function &F : M)
    for (Instruction &I : make_early_inc_range(instructions(F)))
      Changed |= lowerCopy(I) || lowerLogarithm(I) || lower(I);
  return Changed;
}
