// escape.cpp - where the address of a variable may go.
#include "leagueir.h"
#include "pass.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;
using namespace heddle;

namespace {

bool reducesCopies(const CallBase &Call) {
  StringRef Name = calleeName(Call);
  return isReduction(Name) || Name == "__heddle_reduce" ||
         Name == "__heddle_league_reduce" ||
         Name == "__heddle_league_reduce_teams";
}

// Entry points that use what a pointer argument points to before they return,
// or copy it.  Other threads read a copyprivate list where it is.
bool consumesArguments(const CallBase &Call) {
  StringRef Name = calleeName(Call);
  if (Name == "__kmpc_copyprivate")
    return false;
  return Name.starts_with("__kmpc_") || Name.starts_with("__heddle_league_") ||
         Name == "__heddle_reduce" || Name == "vprintf";
}

// Decides whether the address of a variable leaves its thread.
//
// Follows the address through casts, offsets, selections, local pointer
// variables and arguments of functions defined in this module.  Whatever it
// does not know counts as leaving.
class Escape {
public:
  explicit Escape(Value &Root) : Root(Root) {}

  bool run() {
    follow(&Root);
    while (!Pending.empty())
      for (Use &U : Pending.pop_back_val()->uses())
        if (escapesBy(U))
          return true;
    return false;
  }

private:
  Value &Root;
  SmallPtrSet<const Value *, 16> Seen;
  SmallVector<Value *, 16> Pending;

  void follow(Value *Pointer) {
    if (Seen.insert(Pointer).second)
      Pending.push_back(Pointer);
  }

  bool escapesBy(Use &U) {
    auto *User = cast<Instruction>(U.getUser());
    switch (User->getOpcode()) {
    case Instruction::Load:
    case Instruction::ICmp:
      return false;
    case Instruction::GetElementPtr:
    case Instruction::BitCast:
    case Instruction::AddrSpaceCast:
    case Instruction::PHI:
    case Instruction::Select:
    case Instruction::Freeze:
      follow(User);
      return false;
    case Instruction::Store:
      return U.getOperandNo() != StoreInst::getPointerOperandIndex() &&
             escapesTo(cast<StoreInst>(User)->getPointerOperand());
    case Instruction::AtomicRMW:
      return U.getOperandNo() != AtomicRMWInst::getPointerOperandIndex();
    case Instruction::AtomicCmpXchg:
      return U.getOperandNo() != AtomicCmpXchgInst::getPointerOperandIndex();
    case Instruction::Call:
      return escapesInto(cast<CallBase>(*User), U);
    default:
      return true;
    }
  }

  // Whether a pointer stored to `Address` escapes.
  bool escapesTo(Value *Address) {
    auto *Slot = dyn_cast<AllocaInst>(Address->stripInBoundsOffsets());
    if (!Slot)
      return true;
    if (isReductionList(Slot))
      return false;
    return Slot != Address || !isPointerVariable(Slot);
  }

  // Whether `Slot` is a local pointer variable that is only loaded and stored;
  // follows what is loaded.
  bool isPointerVariable(AllocaInst *Slot) {
    SmallVector<LoadInst *, 8> Loads;
    for (Use &U : Slot->uses()) {
      auto *User = cast<Instruction>(U.getUser());
      if (auto *Load = dyn_cast<LoadInst>(User))
        Loads.push_back(Load);
      else if (!User->isLifetimeStartOrEnd() &&
               !(isa<StoreInst>(User) &&
                 U.getOperandNo() == StoreInst::getPointerOperandIndex()))
        return false;
    }
    for (LoadInst *Load : Loads)
      follow(Load);
    return true;
  }

  // Whether `Slot` is an array of pointers for a reduction and nothing else:
  // each thread reduces its own private copies.
  static bool isReductionList(AllocaInst *Slot) {
    SmallVector<Value *, 8> Addresses = {Slot};
    bool IsReduced = false;
    while (!Addresses.empty())
      for (Use &U : Addresses.pop_back_val()->uses()) {
        auto *User = cast<Instruction>(U.getUser());
        if (isa<GetElementPtrInst>(User))
          Addresses.push_back(User);
        else if (isa<CallBase>(User) && reducesCopies(cast<CallBase>(*User)))
          IsReduced = true;
        else if (!User->isLifetimeStartOrEnd() &&
                 !(isa<StoreInst>(User) &&
                   U.getOperandNo() == StoreInst::getPointerOperandIndex()))
          return false;
      }
    return IsReduced;
  }

  bool escapesInto(CallBase &Call, Use &U) {
    if (Call.isLifetimeStartOrEnd() || isa<MemIntrinsic>(Call))
      return false;
    if (!Call.isArgOperand(&U))
      return !Call.isBundleOperand(&U); // of llvm.assume
    if (calleeName(Call) == "__kmpc_free_shared")
      return U.get() != &Root; // of what, cannot be told
    unsigned Number = Call.getArgOperandNo(&U);
    if (consumesArguments(Call) || Call.isByValArgument(Number) ||
        Call.doesNotCapture(Number))
      return false;
    Function *Callee = Call.getCalledFunction();
    if (!Callee || Callee->isDeclaration() || Callee->isInterposable() ||
        Number >= Callee->arg_size())
      return true;
    follow(Callee->getArg(Number));
    return false;
  }
};

} // namespace

bool heddle::escapes(Value &Pointer) { return Escape(Pointer).run(); }
