// widen.cpp - blocks of grid teams may be as large as an SM has room for.
//
// Clang lets a block have 128 threads, or as many as a thread_limit clause says,
// and tells so to the assembler, to libomptarget and to the kernel.  But in a grid
// team that clause limits the threads of the whole team, which are warps; how many
// of them a block gets is for launch.c to choose.
#include "leagueir.h"
#include "pass.h"

using namespace llvm;
using namespace heddle;

static constexpr uint64_t LargestBlock = 1024;

bool heddle::widenGridTeam(Function &F) {
  CallInst *Init = findCall(F, "__kmpc_target_init");
  std::optional<int64_t> Teams;
  if (Init)
    Teams = configuration(*Init, MaxTeamsField);
  if (!Teams || !isGridTeam(*Teams))
    return false;
  setConfiguration(*environment(*Init), MaxThreadsField, LargestBlock);
  F.removeFnAttr("nvvm.maxntid");
  F.removeFnAttr("omp_target_thread_limit");
  return true;
}
