// carry.cpp - quotients and remainders of a loop's counter, by addition with carry.
//
// Of `collapse(3)` clang makes one loop, whose body finds the three variables by
// division.  A GPU has no instruction for that.  Where the counter i grows by the
// same s each time, with s = sq * d + sr,
//
//   i / d  becomes  q, and q += sq + c
//   i % d  becomes  r, and r += sr - c * d,   c = r + sr >= d
//
// and what divides the remainder r by d', where d = m * d' + n, likewise has
//
//   r / d'          q' += sq' + c' - b - c * m
//   r % d'          r' += sr' - c' * d' + b * d' - c * n,
//
// where c' and b bring r' back into its range from above and below.  For collapsed
// loops n is 0, but that can be seen only if the compiler still knows that d did
// not overflow.  All of it holds if no counter is negative, which is known from
// what guards the loop.
#include "leagueir.h"
#include "pass.h"

#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/IntegerDivision.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace llvm::PatternMatch;
using namespace heddle;

namespace {

// Bits of the widest counter: expandDivision knows no wider ones.
constexpr unsigned Widest = 64;

// A number in the loop: what it is at first, how it grows, and now.
struct Counter {
  Value *First, *Step, *Now;
};

class Carrier {
public:
  Carrier(Loop &L, ScalarEvolution &SE, SmallVectorImpl<BinaryOperator *> &Left)
      : L(L), SE(SE), Left(Left), Header(*L.getHeader()),
        Before(L.getLoopPreheader()->getTerminator()),
        Latch(L.getLoopLatch()->getTerminator()) {}

  bool run() {
    for (PHINode &I : Header.phis()) {
      if (!I.getType()->isIntegerTy() ||
          I.getType()->getIntegerBitWidth() > Widest)
        continue;
      Value *First = I.getIncomingValueForBlock(Before->getParent());
      auto *Next = dyn_cast<BinaryOperator>(
          I.getIncomingValueForBlock(Latch->getParent()));
      if (!Next || Next->getOpcode() != Instruction::Add ||
          !Next->hasNoSignedWrap() || !is_contained(Next->operands(), &I))
        continue;
      Value *Step = Next->getOperand(Next->getOperand(0) == &I);
      if (L.isLoopInvariant(Step) && isAtLeast(First, 0) && isAtLeast(Step, 1))
        return divide({First, Step, &I}, nullptr, nullptr);
    }
    return false;
  }

private:
  // Whether `V`, which the loop does not change, is known to be `Least` or more
  // when the loop begins.
  bool isAtLeast(Value *V, uint64_t Least) {
    Value *A, *B;
    if (match(V, m_NSWMul(m_Value(A), m_Value(B))))
      return isAtLeast(A, Least) && isAtLeast(B, Least);
    const SCEV *S = SE.getSCEV(V);
    const SCEV *Bound = SE.getConstant(S->getType(), Least);
    return SE.isKnownPredicate(ICmpInst::ICMP_SGE, S, Bound) ||
           SE.isLoopEntryGuardedByCond(&L, ICmpInst::ICMP_SGE, S, Bound);
  }

  // How many of `Inner` make `Outer`; NULL if that is not plain to see.
  static Value *ratio(Value *Outer, Value *Inner) {
    Value *M;
    return match(Outer, m_NSWMul(m_Specific(Inner), m_Value(M))) ||
                   match(Outer, m_NSWMul(m_Value(M), m_Specific(Inner)))
               ? M
               : nullptr;
  }

  // Whether `I` is executed whenever the loop is entered.
  bool comesFirst(Instruction &I) {
    return I.getParent() == &Header &&
           all_of(make_range(Header.begin(), I.getIterator()),
                  [](Instruction &Earlier) {
                    return isGuaranteedToTransferExecutionToSuccessor(&Earlier);
                  });
  }

  // `I` by all its names.  A counter that would be poison has left its loop's
  // bounds, so that freezing it changes nothing.
  static SmallVector<Value *> names(Value *I) {
    SmallVector<Value *> Names{I};
    for (User *U : I->users())
      if (isa<FreezeInst>(U))
        Names.push_back(U);
    return Names;
  }

  // A division of `I` in the loop that this can do; `IsRemainder`: of another one.
  BinaryOperator *findDivision(Value *I, bool IsRemainder) {
    for (Value *Name : names(I))
      for (User *U : Name->users()) {
        auto *Division = dyn_cast<BinaryOperator>(U);
        if (!Division || !L.contains(Division) ||
            !match(Division, m_IDiv(m_Specific(Name), m_Value())))
          continue;
        Value *D = Division->getOperand(1);
        if (isa<Constant>(D) || !L.isLoopInvariant(D))
          continue;
        if (isAtLeast(D, 1) ||
            (Division->getOpcode() == Instruction::UDiv && !IsRemainder &&
             comesFirst(*Division))) // it is not 0
          return Division;
      }
    return nullptr;
  }

  PHINode *newPhi(Type *Type, Value *First) {
    PHINode *Phi = PHINode::Create(Type, 2, "", Header.begin());
    Phi->addIncoming(First, Before->getParent());
    return Phi;
  }

  // In place of divisions of `I` and, in turn, of their remainders.  If `I` is one
  // itself, it loses `Outer` whenever `OuterCarry`.
  bool divide(Counter I, Value *Outer, Value *OuterCarry) {
    BinaryOperator *Division = findDivision(I.Now, Outer);
    if (!Division)
      return false;
    Value *D = Division->getOperand(1);
    IRBuilder<> Builder(Before);
    auto Split = [&](Value *V) {
      auto *Quotient = BinaryOperator::CreateUDiv(V, D);
      Builder.Insert(Quotient);
      Left.push_back(Quotient);
      return std::pair<Value *, Value *>(
          Quotient, Builder.CreateSub(V, Builder.CreateMul(Quotient, D)));
    };
    auto [FirstQ, FirstR] = Split(I.First);
    auto [StepQ, StepR] = Split(I.Step);
    Value *OuterQ = Outer ? ratio(Outer, D) : nullptr, *OuterR = nullptr;
    if (Outer && !OuterQ)
      std::tie(OuterQ, OuterR) = Split(Outer);
    PHINode *Q = newPhi(D->getType(), FirstQ),
            *R = newPhi(D->getType(), FirstR);

    Builder.SetInsertPoint(Latch);
    auto Number = [&](Value *Bit) {
      return Builder.CreateZExt(Bit, D->getType());
    };
    auto If = [&](Value *Bit, Value *Changed, Value *Else) {
      return Builder.CreateSelect(Bit, Changed, Else);
    };
    Value *Sum = Builder.CreateAdd(R, StepR), *Borrow = nullptr;
    if (OuterR) {
      Borrow =
          Builder.CreateAnd(OuterCarry, Builder.CreateICmpULT(Sum, OuterR));
      Sum = If(OuterCarry, Builder.CreateSub(Sum, OuterR), Sum);
      Sum = If(Borrow, Builder.CreateAdd(Sum, D), Sum);
    }
    Value *Carry = Builder.CreateICmpUGE(Sum, D);
    R->addIncoming(If(Carry, Builder.CreateSub(Sum, D), Sum),
                   Latch->getParent());
    Value *NextQ =
        Builder.CreateAdd(Builder.CreateAdd(Q, StepQ), Number(Carry));
    if (Borrow)
      NextQ = Builder.CreateSub(NextQ, Number(Borrow));
    if (Outer)
      NextQ = If(OuterCarry, Builder.CreateSub(NextQ, OuterQ), NextQ);
    Q->addIncoming(NextQ, Latch->getParent());

    replace(I.Now, Division, Q, R);
    if (!OuterR) // else the remainder changes by more than its step and `D`
      divide({FirstR, StepR, R}, D, Carry);
    return true;
  }

  // `Division`, others like it, and what they leave of `I` become `Q` and `R`.
  void replace(Value *I, BinaryOperator *Division, PHINode *Q, PHINode *R) {
    Value *D = Division->getOperand(1);
    SmallVector<WeakTrackingVH> Dead;
    auto Become = [&](Instruction *Use, Value *Now) {
      Use->replaceAllUsesWith(Now);
      Dead.push_back(Use);
    };
    for (Value *Name : names(I)) {
      auto Quotient = m_IDiv(m_Specific(Name), m_Specific(D));
      for (User *U : Name->users()) {
        auto *Use = dyn_cast<Instruction>(U);
        Value *Part;
        if (!Use || !L.contains(Use))
          continue;
        if (match(Use, Quotient))
          Become(Use, Q);
        else if (match(Use, m_IRem(m_Specific(Name), m_Specific(D))))
          Become(Use, R);
        else if (match(Use, m_Sub(m_Specific(Name), m_Value(Part))) &&
                 (match(Part, m_c_Mul(Quotient, m_Specific(D))) ||
                  match(Part, m_c_Mul(m_Specific(Q), m_Specific(D)))))
          Become(Use, R);
      }
    }
    RecursivelyDeleteTriviallyDeadInstructionsPermissive(Dead);
  }

  Loop &L;
  ScalarEvolution &SE;
  SmallVectorImpl<BinaryOperator *> &Left; // divisions before the loop
  BasicBlock &Header;
  Instruction *Before, *Latch;
};

// Divide by what fits into 32 bits, where it does, and else bit by bit: the
// machine's own division of 64 bits is a call, around which the loop's variables
// would need twice the registers.
void expand(BinaryOperator *Division) {
  constexpr unsigned Half = 32;
  if (Division->getType()->getIntegerBitWidth() <= Half)
    return;
  IRBuilder<> Builder(Division);
  Value *A = Division->getOperand(0), *D = Division->getOperand(1);
  Value *IsSmall =
      Builder.CreateICmpEQ(Builder.CreateLShr(Builder.CreateOr(A, D), Half),
                           ConstantInt::get(A->getType(), 0));
  Instruction *Small, *Large;
  SplitBlockAndInsertIfThenElse(IsSmall, Division->getIterator(), &Small,
                                &Large);
  Builder.SetInsertPoint(Small);
  Type *Word = Builder.getIntNTy(Half);
  Value *Quotient =
      Builder.CreateZExt(Builder.CreateUDiv(Builder.CreateTrunc(A, Word),
                                            Builder.CreateTrunc(D, Word)),
                         A->getType());
  PHINode *Phi = PHINode::Create(A->getType(), 2, "", Division->getIterator());
  Division->replaceAllUsesWith(Phi);
  Phi->addIncoming(Quotient, Small->getParent());
  Division->moveBefore(Large->getIterator());
  Phi->addIncoming(Division, Large->getParent());
  expandDivision(Division);
}

// Tell the launch (plugin/launch.c) that threads of the kernel `F` divide before
// their first iteration, in a field that only LLVM's own runtime looks at.
void tellLaunch(Function &F) {
  constexpr uint64_t Divides = 2;
  GlobalVariable *Environment = F.getParent()->getNamedGlobal(
      (F.getName() + "_kernel_environment").str());
  if (Environment && Environment->hasInitializer())
    setConfiguration(*Environment, StateMachineField, Divides);
}

} // namespace

bool heddle::carryDivisions(Function &F) {
  DominatorTree Dominators(F);
  LoopInfo Loops(Dominators);
  if (Loops.empty())
    return false;
  AssumptionCache Assumptions(F);
  TargetLibraryInfoImpl Libraries(F.getParent()->getTargetTriple());
  TargetLibraryInfo Library(Libraries, &F);
  ScalarEvolution SE(F, Library, Assumptions, Dominators, Loops);
  SmallVector<BinaryOperator *> Left;
  for (Loop *L : Loops.getLoopsInPreorder())
    if (L->getLoopPreheader() && L->getLoopLatch() &&
        Carrier(*L, SE, Left).run())
      SE.forgetLoop(L);
  for (BinaryOperator *Division : Left)
    expand(Division);
  if (!Left.empty())
    tellLaunch(F);
  return !Left.empty();
}
