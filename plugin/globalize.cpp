// globalize.cpp - local variables that another thread may reach move from the
// thread's local memory to its shared stack.
//
// On a GPU the stack is local memory, which no other thread can read, yet
// clang leaves locals of parallel, task, single and similar regions there even
// if a nested task or region captures them by reference.  Every function that
// has such variables gets one block from __kmpc_alloc_shared, in which they
// live, and frees it where it returns.
#include "pass.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;
using namespace heddle;

namespace {

// The first address at or after `Pointer`, which is aligned to SharedAlignment,
// that is aligned to `Alignment`, a power of two not below that.
Value *alignPointer(IRBuilderBase &Builder, Value *Pointer,
                    uint64_t Alignment) {
  if (Alignment <= SharedAlignment)
    return Pointer;
  Value *Last = Builder.CreatePtrAdd(
      Pointer, Builder.getInt64(Alignment - SharedAlignment));
  return Builder.CreateIntrinsic(Intrinsic::ptrmask,
                                 {Last->getType(), Builder.getInt64Ty()},
                                 {Last, Builder.getInt64(-Alignment)});
}

// Remove the lifetime marks of a variable that stops being an alloca.
void dropLifetimes(AllocaInst &Variable) {
  for (User *U : make_early_inc_range(Variable.users()))
    if (auto *I = cast<Instruction>(U); I->isLifetimeStartOrEnd())
      I->eraseFromParent();
}

// One function: which variables move, and how.
class Globalizer {
public:
  explicit Globalizer(Function &F)
      : F(F), M(*F.getParent()), Layout(M.getDataLayout()) {}

  bool run() {
    if (F.hasFnAttribute(BareAttribute) || !findStart())
      return false;
    copyArguments();
    for (Instruction &I : instructions(F))
      if (auto *Variable = dyn_cast<AllocaInst>(&I))
        consider(Variable);
    if (Variables.empty())
      return false;
    move();
    forgetAttributes();
    return true;
  }

private:
  Function &F;
  Module &M;
  const DataLayout &Layout;

  // The first block that only a thread of the program executes, and in a
  // kernel the call before it that all hardware threads execute.
  BasicBlock *Start = nullptr;
  CallInst *KernelInit = nullptr;

  struct Placed {
    AllocaInst *Variable;
    uint64_t Offset, Bytes;
  };
  SmallVector<Placed, 8> Variables;
  uint64_t BlockBytes = 0;
  Align BlockAlignment = Align(SharedAlignment);

  // In a kernel all hardware threads execute the entry block, before the
  // runtime is up; the program starts where __kmpc_target_init returned -1.
  bool findStart() {
    if (F.getCallingConv() != CallingConv::PTX_Kernel) {
      Start = &F.getEntryBlock();
      return true;
    }
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<CallInst>(&I))
        if (calleeName(*Call) == "__kmpc_target_init" ||
            calleeName(*Call) == "__heddle_league_begin")
          KernelInit = Call;
    if (!KernelInit)
      return false;
    for (User *Test : KernelInit->users())
      for (User *Jump : Test->users())
        if (BasicBlock *Block = programBlock(Test, Jump))
          Start = Block;
    return Start != nullptr;
  }

  // The block that `Jump` alone goes to if `Test` finds that the initialisation
  // returned -1.
  BasicBlock *programBlock(User *Test, User *Jump) {
    CmpPredicate Predicate;
    auto *Branch = dyn_cast<BranchInst>(Jump);
    if (!Branch || !Branch->isConditional() ||
        !PatternMatch::match(
            Test, PatternMatch::m_ICmp(Predicate,
                                       PatternMatch::m_Specific(KernelInit),
                                       PatternMatch::m_AllOnes())))
      return nullptr;
    bool IsEqual = Predicate == CmpInst::ICMP_EQ;
    if (!IsEqual && Predicate != CmpInst::ICMP_NE)
      return nullptr;
    BasicBlock *Block = Branch->getSuccessor(IsEqual ? 0 : 1);
    return Block->getSinglePredecessor()
               ? Block
               : SplitEdge(Branch->getParent(), Block);
  }

  // A structure passed by value lies in the caller's local memory.  Make a
  // variable of one that others may reach.
  void copyArguments() {
    if (KernelInit)
      return;
    for (Argument &A : F.args()) {
      if (!A.hasByValAttr() || !escapes(A))
        continue;
      IRBuilder<> Builder(Start, Start->getFirstNonPHIOrDbgOrAlloca());
      Builder.SetCurrentDebugLocation(lineOf(F));
      Type *Shape = A.getParamByValType();
      AllocaInst *Copy = Builder.CreateAlloca(Shape, nullptr, A.getName());
      Align Alignment = A.getParamAlign().valueOrOne();
      Copy->setAlignment(std::max(Copy->getAlign(), Alignment));
      A.replaceAllUsesWith(Copy);
      Builder.CreateMemCpy(Copy, Copy->getAlign(), &A, Alignment,
                           Layout.getTypeAllocSize(Shape));
    }
  }

  void consider(AllocaInst *Variable) {
    std::optional<TypeSize> Size = Variable->getAllocationSize(Layout);
    if (!Variable->isStaticAlloca() || Variable->getAddressSpace() != 0 ||
        !Size || Size->isScalable() || Size->isZero() || !escapes(*Variable))
      return;
    Align Alignment = Variable->getAlign();
    uint64_t Offset = alignTo(BlockBytes, Alignment);
    Variables.push_back({Variable, Offset, Size->getFixedValue()});
    BlockBytes = Offset + Size->getFixedValue();
    BlockAlignment = std::max(BlockAlignment, Alignment);
  }

  void move() {
    // Room to align what the runtime aligns to less.
    uint64_t Bytes = BlockBytes + BlockAlignment.value() - SharedAlignment;
    for (const Placed &P : Variables)
      dropLifetimes(*P.Variable);
    IRBuilder<> Builder(Start, Start->getFirstNonPHIOrDbgOrAlloca());
    Builder.SetCurrentDebugLocation(lineOf(F));
    LLVMContext &Context = M.getContext();
    Type *Pointer = PointerType::get(Context, 0);
    Type *Size = Type::getInt64Ty(Context);
    FunctionCallee Allocate =
        M.getOrInsertFunction("__kmpc_alloc_shared", Pointer, Size);
    FunctionCallee Free = M.getOrInsertFunction(
        "__kmpc_free_shared", Type::getVoidTy(Context), Pointer, Size);

    Value *Count = Builder.getInt64(Bytes);
    CallInst *Shared = Builder.CreateCall(Allocate, Count, "shared");
    Value *Block = alignPointer(Builder, Shared, BlockAlignment.value());
    DominatorTree Dominators(F);
    for (const Placed &P : Variables)
      moveOne(Builder, Dominators, P, Block);
    freeAtExits(Free, Shared, Count);
  }

  void moveOne(IRBuilder<> &Builder, DominatorTree &Dominators, const Placed &P,
               Value *Block) {
    AllocaInst *Variable = P.Variable;
    Value *Place = Builder.CreatePtrAdd(Block, Builder.getInt64(P.Offset),
                                        Variable->getName() + ".shared");
    // A kernel may have stored an argument before it starts; then the value
    // is taken over, and that part keeps the local variable.
    auto IsLater = [&](Use &U) { return Dominators.dominates(Place, U); };
    bool HasValue = KernelInit && !all_of(Variable->uses(), IsLater);
    if (!HasValue) {
      Variable->replaceAllUsesWith(Place);
      Variable->eraseFromParent();
      return;
    }
    Variable->replaceUsesWithIf(Place, IsLater);
    Builder.CreateMemCpy(Place, commonAlignment(BlockAlignment, P.Offset),
                         Variable, Variable->getAlign(), P.Bytes);
  }

  // Where the program's part of the function ends, as the last thing it does,
  // so that blocks are freed in reverse order.
  void freeAtExits(FunctionCallee Free, Value *Shared, Value *Bytes) {
    for (Instruction &I : instructions(F)) {
      auto *Call = dyn_cast<CallInst>(&I);
      bool IsExit =
          KernelInit ? Call && (calleeName(*Call) == "__kmpc_target_deinit" ||
                                calleeName(*Call) == "__heddle_league_end")
                     : isa<ReturnInst>(I);
      if (!IsExit)
        continue;
      IRBuilder<> Builder(&I);
      Builder.SetCurrentDebugLocation(I.getDebugLoc() ? I.getDebugLoc()
                                                      : lineOf(F));
      Builder.CreateCall(Free, {Shared, Bytes});
    }
  }

  // The function now calls the runtime.
  void forgetAttributes() {
    for (Attribute::AttrKind Kind :
         {Attribute::Memory, Attribute::NoSync, Attribute::NoFree,
          Attribute::Speculatable})
      F.removeFnAttr(Kind);
  }
};

} // namespace

bool heddle::globalize(Function &F) { return Globalizer(F).run(); }
