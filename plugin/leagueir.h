// leagueir.h - what clang's code for leagues looks like before it is optimised.
#ifndef HDL_LEAGUEIR_H
#define HDL_LEAGUEIR_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Instructions.h"

#include <optional>

namespace heddle {

// Operands of __kmpc_parallel_60.
enum {
  IfOperand = 2,
  ThreadsOperand = 3,
  RegionOperand = 5,
  WrapperOperand = 6,
  ArgumentsOperand = 7,
  CountOperand = 8
};
// Operands of __kmpc_{for,distribute}_static_init_*, and schedules of
// devicertl/abi.h.
enum {
  ScheduleOperand = 2,
  LowerOperand = 4,
  UpperOperand = 5,
  StrideOperand = 6,
  ChunkOperand = 8
};
constexpr uint64_t DistributeChunked = 91, DistributeUnchunked = 92;
constexpr uint64_t StaticChunked = 33;
// A region's parameters before the captured variables: two thread numbers.
constexpr unsigned HiddenParameters = 2;
// The list of private copies that a reduction is passed.
constexpr unsigned ReductionListOperand = 4;

// Fields of KernelEnvironmentTy's configuration, and what the second can be
// (devicertl/abi.h).
enum {
  StateMachineField = 0,
  ExecModeField = 2,
  MaxThreadsField = 4,
  MaxTeamsField = 6
};
enum { ExecModeGeneric = 1, ExecModeSpmd = 2, ExecModeGenericSpmd = 3 };

bool isReduction(llvm::StringRef Name);

// The calls in `F`, in order.
llvm::SmallVector<llvm::CallInst *, 16> callsIn(llvm::Function &F);

llvm::CallInst *findCall(llvm::Function &F, llvm::StringRef Name);

// The environment of the kernel that `Init` begins, if it is known here.
llvm::GlobalVariable *environment(llvm::CallInst &Init);

// An integer of that environment's configuration.
std::optional<int64_t> configuration(llvm::CallInst &Init, unsigned Field);

// Whether so many teams at most (-1: there is no `teams`) make a grid team, not a
// league.
inline bool isGridTeam(int64_t MaxTeams) {
  return MaxTeams == -1 || MaxTeams == 1;
}

void setConfiguration(llvm::GlobalVariable &Environment, unsigned Field,
                      uint64_t Value);

// Whether the only use of `F`, which nobody else can know, is by `User`.
bool belongsTo(const llvm::Function &F, const llvm::User *User);

// The value that `V` is a cast of, or itself.
llvm::Value *withoutCasts(llvm::Value *V);

// Whether the size of the chunks that `Distribute`, a call of
// __kmpc_distribute_static_init_*, asks for is the compiler's choice: as many
// iterations as a team has threads.
bool hasTeamChunks(llvm::CallInst &Distribute);

// Where clang keeps what `Parameter` was passed.
llvm::AllocaInst *spillSlot(llvm::Argument &Parameter);

// Whether `IsFine` holds for each use of the pointer `Parameter`, and of the
// addresses that are computed from it, but for its place in the spill slot.
bool allUses(llvm::Argument &Parameter,
             llvm::function_ref<bool(llvm::Use &)> IsFine);

// The blocks of `F` that begin what only the thread with the result of a
// reduction does.
llvm::SmallVector<llvm::BasicBlock *, 2> resultBlocks(llvm::Function &F);

// The size of the variable that `Pointer`, an alloca or a call of
// __kmpc_alloc_shared, is the address of, or 0.
uint64_t variableBytes(llvm::Value *Pointer);

} // namespace heddle

#endif // HDL_LEAGUEIR_H
