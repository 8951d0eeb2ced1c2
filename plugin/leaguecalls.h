// leaguecalls.h - what regions of leagues call in the runtime.
#ifndef HDL_LEAGUECALLS_H
#define HDL_LEAGUECALLS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Module.h"

namespace heddle {

// A function to call instead where all threads of a team run the region, and
// whether it takes the same arguments, or none.
struct Replacement {
  llvm::StringRef Name;
  bool HasArguments;
};

// For a question to the runtime whose answer is then known; else null.
const Replacement *findReplacement(llvm::StringRef Name);

// The runtime's function `Name`, which stands for a replaced one.  Those in which
// lanes meet may not be moved to where only some of them come.
llvm::FunctionCallee leagueFunction(llvm::Module &M, llvm::StringRef Name,
                                    llvm::FunctionType *Type);

// Whether the function `Name` does not depend on who calls it.
bool isStateless(llvm::StringRef Name);

} // namespace heddle

#endif // HDL_LEAGUECALLS_H
