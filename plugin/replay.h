// replay.h - generic kernels of leagues that all lanes can execute.
#ifndef HDL_REPLAY_H
#define HDL_REPLAY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/Instructions.h"

namespace heddle {

// Whether a function, which has not been optimised, does nothing with what its
// pointer `Parameter` points to but read it.
bool isOnlyRead(llvm::Argument &Parameter);

// What a generic kernel of a league does outside of its parallel regions; see
// replay.cpp.
class Replay {
public:
  using VariableSet = llvm::SmallSetVector<llvm::Instruction *, 4>;

  // `Outside` are the kernel and the functions that only it calls, outside of
  // its regions, and `Shared` the variables that regions may write to.
  Replay(llvm::ArrayRef<llvm::Function *> Outside, const VariableSet &Shared)
      : Outside(Outside), Shared(Shared) {}

  // Whether all lanes may execute it.  To be asked before apply().
  bool isPossible();

  // Whether it reads what others may write.
  bool readsShared() const { return ReadsShared; }

  // Let all lanes execute it.
  void apply();

private:
  llvm::ArrayRef<llvm::Function *> Outside;
  const VariableSet &Shared;
  llvm::SmallVector<llvm::StoreInst *, 8> Guarded; // for thread 0 alone
  llvm::SmallVector<llvm::CallInst *, 8> Private;  // of __kmpc_alloc_shared
  bool ReadsShared = false;

  bool isPrivate(const llvm::Value *Pointer) const;
  bool isPossible(llvm::Instruction &I, bool IsInResult);
  bool isPossible(llvm::CallInst &Call);
  bool staysPrivate(llvm::Instruction &Variable) const;
  bool mayPass(llvm::CallInst &Call, const llvm::Use &Pointer) const;
  bool mayKeep(llvm::StoreInst &Store) const;
  void guard(llvm::StoreInst &Store);
  void makePrivate(llvm::CallInst &Variable);
};

} // namespace heddle

#endif // HDL_REPLAY_H
