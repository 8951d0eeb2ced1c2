/* crowd.h - how many blocks of a league's kernel an SM is to hold. */
#ifndef HDL_CROWD_H
#define HDL_CROWD_H

#include <llvm-c/Types.h>
#include <stdbool.h>

/* A kernel whose teams are blocks, all of whose lanes work, lives from memory
 * more often than not, and then from the loads that are on their way: that needs
 * many threads.  Left to itself, the assembler gives each as many registers as it
 * can use.  Tell it that an SM is to hold 1280 threads, for which there are 48
 * registers each, in all such kernels of `module` for which the program says
 * nothing. */
void hdl_crowd(LLVMModuleRef module);

/* The assembler's `log` of `ptx`, which hdl_crowd's kernels are in, names those
 * that do not fit into so few registers.  Take back there what it said; whether
 * there are any. */
bool hdl_uncrowd(char *ptx, const char *log);

#endif /* HDL_CROWD_H */
