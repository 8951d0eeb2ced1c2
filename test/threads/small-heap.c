// Warps that all need more memory from the arena for contexts wait for its lock
// while they choose whom to run, and must not choose again meanwhile.
//
// A GPU's thousands of threads need a larger heap.
// REQUIRES: emulator
//
// RUN: %cc %S/more-threads-than-lanes.c -o %exe
// RUN: env HEDDLE_HEAP_SIZE=8M HEDDLE_EMU_SMS=6 %few-seeds --batch 1 %exe
