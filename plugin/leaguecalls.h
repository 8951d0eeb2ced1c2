// leaguecalls.h - what regions of leagues call in the runtime.
#ifndef HDL_LEAGUECALLS_H
#define HDL_LEAGUECALLS_H

#include "llvm/ADT/StringRef.h"

namespace heddle {

// A function to call instead where all threads of a team run the region, and
// whether it takes the same arguments, or none.
struct Replacement {
  llvm::StringRef Name;
  bool HasArguments;
};

// For a question to the runtime whose answer is then known; else null.
const Replacement *findReplacement(llvm::StringRef Name);

// Whether the function `Name` does not depend on who calls it.
bool isStateless(llvm::StringRef Name);

} // namespace heddle

#endif // HDL_LEAGUECALLS_H
