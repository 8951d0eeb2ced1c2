/* crowd.h - how many blocks of a league's kernel an SM is to hold. */
#ifndef HDL_CROWD_H
#define HDL_CROWD_H

#include <llvm-c/Types.h>
#include <stdbool.h>

/* A kernel whose teams are blocks, all of whose lanes work, lives from memory
 * more often than not, and then from the loads that are on their way: that needs
 * many threads.  Left to itself, the assembler gives each as many registers as it
 * can use.  Tell it that an SM is to hold 1280 threads, for which there are 48
 * registers each, in all such kernels of `module` that call nothing and for
 * which the program says nothing.  (A kernel must have the registers of what it
 * calls, which are not known here.) */
void hdl_crowd(LLVMModuleRef module);

/* `cubin` is what the driver has made of `ptx`, which hdl_crowd's kernels are in;
 * its context is current.  Take back what hdl_crowd said in those that do not fit
 * into so few registers; whether there are any. */
bool hdl_uncrowd(char *ptx, const void *cubin);

#endif /* HDL_CROWD_H */
