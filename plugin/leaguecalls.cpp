// leaguecalls.cpp - see leaguecalls.h.
#include "leaguecalls.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/IR/Function.h"

using namespace llvm;
using namespace heddle;

static const StringMap<Replacement> &replacements() {
  static const StringMap<Replacement> Map = [] {
    StringMap<Replacement> M;
    auto Add = [&](const Twine &From, StringRef To, bool HasArguments) {
      SmallString<64> Name("__heddle_league_");
      Name += To;
      static StringSet<> Names;
      M[From.str()] = {Names.insert(Name).first->getKey(), HasArguments};
    };
    for (StringRef Type : {"4", "4u", "8", "8u"}) {
      Add("__kmpc_for_static_init_" + Type, ("for_static_init_" + Type).str(),
          true);
      Add("__kmpc_distribute_static_init_" + Type,
          ("distribute_static_init_" + Type).str(), true);
    }
    Add("__kmpc_global_thread_num", "thread_num", false);
    Add("__kmpc_get_hardware_thread_id_in_block", "thread_num", false);
    Add("__kmpc_get_hardware_num_threads_in_block", "num_threads", false);
    Add("omp_get_thread_num", "thread_num", false);
    Add("omp_get_num_threads", "num_threads", false);
    Add("omp_get_team_num", "team_num", false);
    Add("omp_get_num_teams", "num_teams", false);
    Add("__kmpc_barrier", "barrier", false);
    Add("__kmpc_shuffle_int32", "shuffle_int32", true);
    Add("__kmpc_shuffle_int64", "shuffle_int64", true);
    Add("__kmpc_nvptx_parallel_reduce_nowait_v2", "reduce", true);
    Add("__kmpc_nvptx_teams_reduce_nowait_v2", "reduce_teams", true);
    return M;
  }();
  return Map;
}

const Replacement *heddle::findReplacement(StringRef Name) {
  auto Found = replacements().find(Name);
  return Found == replacements().end() ? nullptr : &Found->second;
}

FunctionCallee heddle::leagueFunction(Module &M, StringRef Name,
                                      FunctionType *Type) {
  FunctionCallee Callee = M.getOrInsertFunction(Name, Type);
  if (Name.contains("barrier") || Name.contains("shuffle") ||
      Name.contains("reduce"))
    cast<Function>(Callee.getCallee())->addFnAttr(Attribute::Convergent);
  return Callee;
}

bool heddle::isStateless(StringRef Name) {
  static const StringSet<> Names = {"__kmpc_for_static_fini",
                                    "__kmpc_distribute_static_fini",
                                    "__kmpc_reduction_get_fixed_buffer",
                                    "__kmpc_get_warp_size",
                                    "__kmpc_flush",
                                    "__kmpc_warp_active_thread_mask",
                                    "__kmpc_syncwarp",
                                    "omp_get_wtime",
                                    "omp_get_wtick",
                                    "vprintf"};
  return Names.contains(Name) || Name.starts_with("llvm.") ||
         Name.starts_with("__nv_");
}
