// league.cpp - kernels of leagues that all lanes execute: variables of a team
// are shared by its threads, and parallel regions that are all of the kernel run
// without a runtime.  They are clang's SPMD kernels, and of the generic ones
// those that replay.cpp makes so.
//
// See pass.h for what, and devicertl/spmd.c for what is called.
#include "leaguecalls.h"
#include "leagueir.h"
#include "leagueloop.h"
#include "pass.h"
#include "replay.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;
using namespace heddle;

namespace {

constexpr unsigned SharedAddressSpace = 3;
// Larger variables of a team are in device memory.
constexpr uint64_t MaxSharedBytes = 1024;
const Align MinAlignment(SharedAlignment);

// Whether `Region` touches what the pointer `Parameter` points to only in the
// thread that has the result of a reduction.
bool isForResultOnly(Function &Region, Argument &Parameter) {
  SmallVector<BasicBlock *, 2> Results = resultBlocks(Region);
  DominatorTree Dominators(Region);
  return spillSlot(Parameter) && allUses(Parameter, [&](Use &U) {
           auto *I = cast<Instruction>(U.getUser());
           return any_of(Results, [&](BasicBlock *Block) {
             return Dominators.dominates(Block, I->getParent());
           });
         });
}

// One kernel of a league.
class League {
public:
  League(Function &Kernel, CallInst &Init)
      : Kernel(Kernel), Init(Init), M(*Kernel.getParent()) {
    Outside.insert(&Kernel);
    // clang calls the body of `teams` directly.
    for (unsigned I = 0; I < Outside.size(); I++)
      for (CallInst *Call : callsIn(*Outside[I])) {
        Function *Callee = Call->getCalledFunction();
        if (Callee && belongsTo(*Callee, Call))
          Outside.insert(Callee);
        else if (calleeName(*Call) == "__kmpc_parallel_60")
          Forks.push_back(Call);
      }
  }

  // Make a generic kernel one that all lanes execute, and simplify it.
  bool replay() {
    for (CallInst *Fork : Forks)
      dropWrapper(*Fork);
    IsReplayed = true;
    if (!isSimple())
      return false;
    collectVariables();
    if (any_of(Variables, [](Instruction *Variable) {
          return variableBytes(Variable) > MaxSharedBytes;
        }))
      return false;
    Replay Teams(Outside.getArrayRef(), Variables);
    if (!Teams.isPossible() || !isBare())
      return false;
    Teams.apply();
    ReadsShared = Teams.readsShared();
    shareAll();
    setConfiguration(*environment(Init), ExecModeField, ExecModeGenericSpmd);
    IsBare = true;
    callRegions();
    return true;
  }

  // All lanes execute the body of `teams`, so clang gives each of them a copy
  // of the team's variables.  Those that a region may touch become one: then
  // `private` and `lastprivate` mean what they say.
  bool shareVariables() {
    collectVariables();
    shareAll();
    return !Variables.empty();
  }

  // Call the regions directly if they are all that the kernel does.
  bool simplify() {
    if (!isSimple())
      return false;
    IsBare = !HasLargeVariable && isBare();
    callRegions();
    return true;
  }

private:
  Function &Kernel;
  CallInst &Init;
  Module &M;
  SetVector<Function *> Outside;    // of regions: the kernel, the teams' body
  SmallVector<CallInst *, 2> Forks; // calls of __kmpc_parallel_60 in them
  SmallSetVector<Function *, 2> Regions;
  SmallSetVector<Function *, 8> Helpers; // of reductions
  // Of the team: allocas, or calls of __kmpc_alloc_shared.
  Replay::VariableSet Variables; // to be shared
  Replay::VariableSet Reduced;   // over teams
  bool HasLargeVariable = false;
  bool IsBare = false;
  bool IsReplayed = false; // it was generic
  bool ReadsShared = false;

  // What only LLVM's runtime would call; it is one more user of the region.
  void dropWrapper(CallInst &Fork) {
    auto *Wrapper = dyn_cast<Function>(Fork.getArgOperand(WrapperOperand));
    if (!Wrapper || !belongsTo(*Wrapper, &Fork))
      return;
    Fork.setArgOperand(
        WrapperOperand,
        ConstantPointerNull::get(PointerType::get(M.getContext(), 0)));
    Wrapper->eraseFromParent();
  }

  // The region that `Fork` begins, if it passes each captured variable.
  Function *regionOf(CallInst &Fork) {
    auto *Region = dyn_cast<Function>(Fork.getArgOperand(RegionOperand));
    auto *Count = dyn_cast<ConstantInt>(Fork.getArgOperand(CountOperand));
    if (!Region || !Count || !belongsTo(*Region, &Fork) ||
        Count->getZExtValue() + HiddenParameters != Region->arg_size())
      return nullptr;
    return Region;
  }

  // The addresses stored in elements of the array `List`, with their indices.
  SmallVector<std::pair<unsigned, Instruction *>, 8> elements(Value *List) {
    SmallVector<std::pair<unsigned, Instruction *>, 8> Found;
    auto *Array = dyn_cast<AllocaInst>(List);
    if (!Array)
      return Found;
    auto Look = [&](Value *Place, unsigned Index) {
      for (User *U : Place->users())
        if (auto *Store = dyn_cast<StoreInst>(U);
            Store && Store->getPointerOperand() == Place)
          if (variableBytes(Store->getValueOperand()))
            Found.push_back(
                {Index, cast<Instruction>(Store->getValueOperand())});
    };
    Look(Array, 0);
    const DataLayout &Layout = M.getDataLayout();
    for (User *U : Array->users())
      if (auto *Element = dyn_cast<GetElementPtrInst>(U)) {
        APInt Offset(64, 0);
        if (Element->accumulateConstantOffset(Layout, Offset))
          Look(Element, Offset.getZExtValue() / Layout.getPointerSize());
      }
    return Found;
  }

  // The variables that become the team's.  Of those reduced over teams all do if
  // one does: their copies are either all the team's or all the lanes'.
  void collectVariables() {
    for (CallInst *Fork : Forks)
      if (Function *Region = regionOf(*Fork))
        collectVariables(*Fork, *Region);
    if (any_of(Reduced, [&](Instruction *I) { return Variables.contains(I); }))
      Variables.insert(Reduced.begin(), Reduced.end());
  }

  void collectVariables(CallInst &Fork, Function &Region) {
    for (CallInst *Call : callsIn(*Fork.getFunction()))
      if (isReduction(calleeName(*Call)))
        for (auto [Index, Variable] :
             elements(Call->getArgOperand(ReductionListOperand)))
          Reduced.insert(Variable);
    for (auto [Index, Variable] :
         elements(Fork.getArgOperand(ArgumentsOperand)))
      if (!isEachLanes(Region, *Region.getArg(Index + HiddenParameters),
                       Variable))
        Variables.insert(Variable);
  }

  // Whether each lane can keep a copy of `Variable`, which `Region` is passed as
  // `Parameter`: where lanes replay what one did, if the region only reads it;
  // else, if thread 0 alone needs its own, which has the result of a reduction.
  bool isEachLanes(Function &Region, Argument &Parameter,
                   Instruction *Variable) const {
    return IsReplayed ? isOnlyRead(Parameter)
                      : Reduced.contains(Variable) &&
                            isForResultOnly(Region, Parameter);
  }

  void shareAll() {
    for (Instruction *Variable : Variables)
      share(*Variable);
  }

  void share(Instruction &Variable) {
    uint64_t Bytes = variableBytes(&Variable);
    for (User *U : make_early_inc_range(Variable.users()))
      if (auto *Call = dyn_cast<CallInst>(U);
          Call && (Call->isLifetimeStartOrEnd() ||
                   calleeName(*Call) == "__kmpc_free_shared"))
        Call->eraseFromParent();
    Function &F = *Variable.getFunction();
    Type *Pointer = PointerType::get(M.getContext(), 0);
    Value *Place;
    if (Bytes > MaxSharedBytes) {
      HasLargeVariable = true;
      IRBuilder<> Builder(startOf(F));
      Builder.SetCurrentDebugLocation(lineOf(F));
      Place = Builder.CreateCall(
          M.getOrInsertFunction("__heddle_league_variable", Pointer,
                                Builder.getInt64Ty()),
          Builder.getInt64(Bytes));
    } else {
      Type *Array = ArrayType::get(Type::getInt8Ty(M.getContext()), Bytes);
      auto *Shared = new GlobalVariable(
          M, Array, false, GlobalValue::InternalLinkage, UndefValue::get(Array),
          F.getName() + "." + Variable.getName(), nullptr,
          GlobalValue::NotThreadLocal, SharedAddressSpace);
      auto *Local = dyn_cast<AllocaInst>(&Variable);
      Shared->setAlignment(Local ? std::max(Local->getAlign(), MinAlignment)
                                 : MinAlignment);
      Place = ConstantExpr::getAddrSpaceCast(Shared, Pointer);
    }
    Variable.replaceAllUsesWith(Place);
    Variable.eraseFromParent();
  }

  // Behind the allocas of `F`; in the kernel, in the program's part.
  Instruction *startOf(Function &F) {
    if (&F == &Kernel)
      for (User *Test : Init.users())
        for (User *Jump : Test->users())
          if (auto *Branch = dyn_cast<BranchInst>(Jump))
            return &*Branch->getSuccessor(0)->getFirstInsertionPt();
    return &*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  }

  // Whether all threads of the team run the region that `Fork` begins.
  bool isOfAll(CallInst &Fork) {
    auto *If = dyn_cast<ConstantInt>(Fork.getArgOperand(IfOperand));
    auto *Threads = dyn_cast<ConstantInt>(Fork.getArgOperand(ThreadsOperand));
    std::optional<int64_t> Most = configuration(Init, MaxThreadsField);
    return If && !If->isZero() && Threads && Most &&
           (Threads->getSExtValue() < 0 ||
            (*Most > 0 && Threads->getSExtValue() >= *Most));
  }

  bool isSimple() {
    for (CallInst *Fork : Forks) {
      Function *Region = regionOf(*Fork);
      if (!Region || !isOfAll(*Fork) ||
          !isa<AllocaInst>(Fork->getArgOperand(ArgumentsOperand)))
        return false;
      Regions.insert(Region);
    }
    for (Function *F : Outside)
      for (CallInst *Call : callsIn(*F))
        if (!(IsReplayed || isKnownOutside(*Call)) || !addHelpers(*Call))
          return false;
    for (Function *F : Regions)
      for (CallInst *Call : callsIn(*F))
        if (calleeName(*Call).starts_with("__kmpc_cancel") ||
            !addHelpers(*Call))
          return false;
    return !Forks.empty();
  }

  bool isKnownOutside(CallInst &Call) {
    StringRef Name = calleeName(Call);
    return Name == "__kmpc_target_init" || Name == "__kmpc_target_deinit" ||
           Name == "__kmpc_parallel_60" || Name == "__heddle_league_variable" ||
           (Name.starts_with("__kmpc_") && findReplacement(Name)) ||
           isStateless(Name) ||
           (Call.getCalledFunction() &&
            Outside.contains(Call.getCalledFunction()));
  }

  // The functions that clang makes for a reduction; false if they are not its
  // alone.
  bool addHelpers(CallInst &Call) {
    if (!isReduction(calleeName(Call)))
      return true;
    for (Value *Argument : Call.args())
      if (auto *Helper = dyn_cast<Function>(Argument)) {
        if (!belongsTo(*Helper, &Call))
          return false;
        Helpers.insert(Helper);
      }
    return true;
  }

  // Whether nothing in the regions asks the runtime where it is.
  bool isBare() {
    SmallSetVector<Function *, 8> Reached(Regions.begin(), Regions.end());
    Reached.insert(Helpers.begin(), Helpers.end());
    unsigned Own = Reached.size();
    for (unsigned I = 0; I < Reached.size(); I++)
      for (CallInst *Call : callsIn(*Reached[I])) {
        StringRef Name = calleeName(*Call);
        if (isStateless(Name) || (I < Own && findReplacement(Name)))
          continue;
        Function *Callee = Call->getCalledFunction();
        if (!Callee || Callee->isDeclaration() || Callee->isInterposable())
          return false;
        Reached.insert(Callee);
      }
    for (Function *F : Reached)
      F->addFnAttr(BareAttribute);
    for (Function *F : Outside)
      F->addFnAttr(BareAttribute);
    return true;
  }

  // Where that is not one loop with the region's, a region that reduces does so
  // once for each chunk of `distribute`.  If their size is the compiler's choice,
  // each team gets one chunk.
  void distributeOnce() {
    if (none_of(Regions, [](Function *F) {
          return findCall(*F, "__kmpc_nvptx_parallel_reduce_nowait_v2");
        }))
      return;
    for (Function *F : Outside)
      for (CallInst *Call : callsIn(*F)) {
        if (calleeName(*Call).starts_with("__kmpc_distribute_static_init") &&
            hasTeamChunks(*Call))
          Call->setArgOperand(ScheduleOperand,
                              ConstantInt::get(Type::getInt32Ty(M.getContext()),
                                               DistributeUnchunked));
      }
  }

  FunctionCallee runtime(StringRef Name, Type *Result) {
    return leagueFunction(M, ("__heddle_league_" + Name).str(),
                          FunctionType::get(Result, false));
  }

  AllocaInst *number(Function &F, IRBuilder<> &Builder, Value *Value) {
    auto *Place =
        new AllocaInst(Builder.getInt32Ty(), 0, "", F.getEntryBlock().begin());
    Builder.CreateStore(Value, Place);
    return Place;
  }

  void callRegions() {
    if (Forks.size() != 1 || Regions.size() != 1 ||
        !joinLoops(*Forks[0], *Regions[0]))
      distributeOnce();
    for (CallInst *Fork : Forks)
      callRegion(*Fork);
    for (Function *F : Outside)
      rewrite(*F);
    for (Function *F : Regions)
      rewrite(*F);
    for (Function *F : Helpers)
      rewrite(*F);
    begin();
  }

  void callRegion(CallInst &Fork) {
    Function *Region = regionOf(Fork);
    IRBuilder<> Builder(&Fork);
    Function &F = *Fork.getFunction();
    FunctionCallee Barrier = runtime("barrier", Builder.getVoidTy());
    SmallVector<Value *, 16> Arguments = {
        number(F, Builder,
               Builder.CreateCall(runtime("thread_num", Builder.getInt32Ty()))),
        number(F, Builder, Builder.getInt32(0))};
    for (unsigned I = HiddenParameters; I < Region->arg_size(); I++) {
      Value *Slot = Builder.CreateConstInBoundsGEP1_64(
          Builder.getInt64Ty(), Fork.getArgOperand(ArgumentsOperand),
          I - HiddenParameters);
      Arguments.push_back(
          Builder.CreateLoad(Region->getArg(I)->getType(), Slot));
    }
    // What the team's threads share must be there, and be complete.
    if (!Variables.empty() || ReadsShared)
      Builder.CreateCall(Barrier);
    CallInst *Call = Builder.CreateCall(Region, Arguments);
    Call->setCallingConv(Region->getCallingConv());
    if (!Variables.empty() || IsReplayed)
      Builder.CreateCall(Barrier);
    Fork.eraseFromParent();
  }

  // Replace what `F` asks the runtime.
  void rewrite(Function &F) {
    for (CallInst *Call : callsIn(F)) {
      StringRef Name = calleeName(*Call);
      const Replacement *Known = findReplacement(Name);
      if (Name == "__kmpc_for_static_fini" ||
          Name == "__kmpc_distribute_static_fini") {
        Call->eraseFromParent();
      } else if (Known && Known->HasArguments) {
        Call->setCalledFunction(
            leagueFunction(M, Known->Name, Call->getFunctionType()));
      } else if (Known) {
        IRBuilder<> Builder(Call);
        Call->replaceAllUsesWith(Builder.CreateCall(leagueFunction(
            M, Known->Name, FunctionType::get(Call->getType(), false))));
        Call->eraseFromParent();
      }
    }
  }

  void begin() {
    CallInst *End = findCall(Kernel, "__kmpc_target_deinit");
    Init.setCalledFunction(M.getOrInsertFunction(
        IsBare ? "__heddle_league_begin_bare" : "__heddle_league_begin",
        Init.getFunctionType()));
    bool IsReduced = any_of(Outside, [](Function *F) {
      return findCall(*F, "__heddle_league_reduce_teams") != nullptr;
    });
    if (IsBare && !IsReduced)
      Init.setArgOperand(
          1, ConstantPointerNull::get(PointerType::get(M.getContext(), 0)));
    if (End && IsBare)
      End->eraseFromParent();
    else if (End)
      End->setCalledFunction(
          M.getOrInsertFunction("__heddle_league_end", End->getFunctionType()));
  }
};

} // namespace

bool heddle::simplifyLeagues(Module &M, bool IsOptimised) {
  bool Changed = false;
  SmallVector<Function *, 8> Kernels;
  for (Function &F : M)
    if (F.getCallingConv() == CallingConv::PTX_Kernel && !F.isDeclaration())
      Kernels.push_back(&F);
  for (Function *Kernel : Kernels) {
    CallInst *Init = findCall(*Kernel, "__kmpc_target_init");
    std::optional<int64_t> Teams, Mode;
    if (Init) {
      Teams = configuration(*Init, MaxTeamsField);
      Mode = configuration(*Init, ExecModeField);
    }
    if (!Teams || !Mode || isGridTeam(*Teams))
      continue;
    League L(*Kernel, *Init);
    if (*Mode == ExecModeSpmd) {
      Changed |= L.shareVariables();
      if (IsOptimised)
        Changed |= L.simplify();
    } else if (*Mode == ExecModeGeneric && IsOptimised) {
      Changed |= L.replay();
    }
  }
  return Changed;
}
