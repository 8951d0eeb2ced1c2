// pass.h - what the files of the compiler pass share.
//
// It runs on device modules (nvptx64), in clang's pipeline; regions.h has the
// rest of its steps.  It is C++, unlike the rest of Heddle, because LLVM has no
// C interface for pass plugins.  Each step returns whether it changed
// something.
#ifndef HDL_PASS_H
#define HDL_PASS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"

namespace heddle {

// globalize.cpp: move local variables that another thread may reach from the
// thread's local memory to its shared stack.
bool globalize(llvm::Function &F);

// localize.cpp: move variables that clang put on the shared stack, but that no
// other thread can reach, to local memory, where they become registers.
bool localize(llvm::Function &F);

// packshared.cpp: make one block of what a function puts on the shared stack, and
// allocate it only where it is needed.
bool packShared(llvm::Function &F);

// carry.cpp: let the quotients and remainders of a loop's counter be counted, too.
bool carryDivisions(llvm::Function &F);

// widen.cpp: let the kernel of a grid team have large blocks.
bool widenGridTeam(llvm::Function &F);

// league.cpp: in SPMD kernels of leagues, give the threads of a team one copy of
// its variables, and if `IsOptimised`, take the runtime out of regions that are
// all of their kernel.  To be run before any optimisation.
bool simplifyLeagues(llvm::Module &M, bool IsOptimised);

// A function that has this attribute is called where there is no runtime: its
// variables must stay where they are.
constexpr char BareAttribute[] = "heddle-bare";

// library.cpp: call the device's malloc by the name it has there, and its
// functions in place of large copies and of atomic instructions of 16 bytes.
bool lowerLibrary(llvm::Module &M);

// escape.cpp: whether the address that `Pointer`, an alloca or the result of
// __kmpc_alloc_shared, stands for may leave its thread.
bool escapes(llvm::Value &Pointer);

// The callee's name, or "" for an indirect call.
inline llvm::StringRef calleeName(const llvm::CallBase &Call) {
  const llvm::Function *Callee = Call.getCalledFunction();
  return Callee ? Callee->getName() : llvm::StringRef();
}

// The line of `F` itself: a call in a function with debug information needs one.
inline llvm::DebugLoc lineOf(llvm::Function &F) {
  llvm::DISubprogram *Subprogram = F.getSubprogram();
  return Subprogram ? llvm::DebugLoc(llvm::DILocation::get(
                          F.getContext(), Subprogram->getLine(), 0, Subprogram))
                    : llvm::DebugLoc();
}

// What __kmpc_alloc_shared promises.
constexpr uint64_t SharedAlignment = 16;

} // namespace heddle

#endif // HDL_PASS_H
