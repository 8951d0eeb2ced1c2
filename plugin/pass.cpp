// pass.cpp - the plugin that heddle.cfg loads into clang's device compilation.
#include "pass.h"
#include "regions.h"

#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace {

bool isForDevice(const Module &M) {
  return M.getTargetTriple().getArch() == Triple::nvptx64;
}

// What must be done before the optimiser looks.
struct EarlyPass : PassInfoMixin<EarlyPass> {
  explicit EarlyPass(bool IsOptimised) : IsOptimised(IsOptimised) {}

  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    if (!isForDevice(M))
      return PreservedAnalyses::all();
    bool Changed = mendReductionBarriers(M);
    Changed |= joinUntiedParts(M);
    Changed |= correctReductions(M);
    for (Function &F : M)
      if (!F.isDeclaration())
        Changed |= leaveAtBarriers(F);
    Changed |= heddle::simplifyLeagues(M, IsOptimised);
    Changed |= combineWithoutLanes(M);
    return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }

private:
  bool IsOptimised;
};

// What is best done when the optimiser has finished.
struct LatePass : PassInfoMixin<LatePass> {
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    if (!isForDevice(M))
      return PreservedAnalyses::all();
    bool Changed = false;
    for (Function &F : M)
      if (!F.isDeclaration()) {
        Changed |= heddle::carryDivisions(F);
        Changed |= heddle::localize(F);
        Changed |= heddle::globalize(F);
        Changed |= heddle::packShared(F);
        Changed |= heddle::widenGridTeam(F);
      }
    Changed |= addRegionThunks(M);
    Changed |= markTasks(M);
    Changed |= roundDynamicVariables(M);
    Changed |= heddle::lowerLibrary(M);
    return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
  }

  // At -O0, too, and for functions that are not to be optimised.
  static bool isRequired() { return true; }
};

} // namespace

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "HeddleGlobalize", HDL_VERSION,
          [](PassBuilder &Builder) {
            Builder.registerPipelineStartEPCallback(
                [](ModulePassManager &Manager, OptimizationLevel Level) {
                  Manager.addPass(EarlyPass(Level != OptimizationLevel::O0));
                });
            Builder.registerOptimizerLastEPCallback(
                [](ModulePassManager &Manager, OptimizationLevel,
                   ThinOrFullLTOPhase) { Manager.addPass(LatePass()); });
          }};
}
