// regions.h - what the pass plugin does to outlined regions besides moving
// their variables (globalize.cpp).
#ifndef HDL_REGIONS_H
#define HDL_REGIONS_H

#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace llvm {
class AllocaInst;
class CallInst;
class Function;
class Module;
} // namespace llvm

// Give every parallel region a thunk, a function that loads the captured
// variables from an array and calls the region, and pass it to the runtime in
// place of both region and wrapper (devicertl/region_call.h).  Returns whether
// the module changed.
bool addRegionThunks(llvm::Module &M);

// Tell the runtime that globalize() has seen to what tasks capture.
bool markTasks(llvm::Module &M);

// Let the parts of an untied task follow one another instead of each giving
// the task back to the runtime.  To be run before any optimisation.  Returns
// whether the module changed.
bool joinUntiedParts(llvm::Module &M);

// Correct the barriers of reductions in regions that can be cancelled.  To be run
// before anything else looks at the functions.  Returns whether the module
// changed.
bool mendReductionBarriers(llvm::Module &M);

// Let threads leave a cancelled parallel region at its barriers, if the region
// has a `cancel` or `cancellation point` of its own.  To be run before any
// optimisation.  Returns whether the function changed.
bool leaveAtBarriers(llvm::Function &F);

// Correct sizes and addresses in what clang passes to and does with reductions
// (reductions.cpp).  To be run before any optimisation.  Returns whether the
// module changed.
bool correctReductions(llvm::Module &M);

// How many bytes each element has that `Call` reduces, by its argument `List`; 0 if
// that is not known.
llvm::SmallVector<uint64_t, 4> elementBytes(llvm::CallInst &Call,
                                            unsigned List);

// combine.cpp: reductions of parallel regions say how copies are written down and
// combined.  To be run when those of leagues have been simplified.
bool combineWithoutLanes(llvm::Module &M);

// The variables whose size is known at run time only.
llvm::SmallVector<llvm::AllocaInst *, 4> dynamicVariables(llvm::Module &M);

// Make variables whose size is known at run time only a multiple of 16 bytes
// large.  Returns whether the module changed.
bool roundDynamicVariables(llvm::Module &M);

#endif // HDL_REGIONS_H
