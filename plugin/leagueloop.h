// leagueloop.h - the loop of `teams distribute parallel for`, as one loop.
#ifndef HDL_LEAGUELOOP_H
#define HDL_LEAGUELOOP_H

#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"

namespace heddle {

// `Fork`, in the loop of `distribute`, begins `Region`.  Clang gives each team
// chunks of as many iterations as it has threads and calls the region for each,
// where each thread finds that one is its own.  If that is so, and the compiler's
// choice, call other functions of the runtime instead, which let `distribute`
// have one chunk and the region's loop go on to what were the next ones: the
// same iterations, in the same threads.  Returns whether it is.
bool joinLoops(llvm::CallInst &Fork, llvm::Function &Region);

} // namespace heddle

#endif // HDL_LEAGUELOOP_H
