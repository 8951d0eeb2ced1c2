// Warps that run out of memory for contexts together wait for each other while
// they choose whom to run, and must not choose again meanwhile.
//
// A GPU's thousands of threads need a larger heap.
// REQUIRES: emulator
//
// RUN: %cc %S/more-threads-than-lanes.c -o %exe
// RUN: env HEDDLE_HEAP_SIZE=1M HEDDLE_EMU_SMS=6 %few-seeds %exe
