// When those that wait hold all lanes for which there is memory, and what they
// wait for needs one more, the deadlock is seen and the lack of memory named.
//
// REQUIRES: emulator
//
// RUN: %cc %S/more-threads-than-lanes.c -o %exe
// RUN: env HEDDLE_HEAP_SIZE=4M HEDDLE_EMU_SMS=6 %faults %exe | FileCheck %s

// CHECK: error: deadlock: no thread on the emulated device can go on
// CHECK: waiting for memory to start a thread with (HEDDLE_HEAP_SIZE)
