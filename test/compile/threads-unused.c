// A program without explicit threads carries nothing of them, but waits as if
// they could come.
//
// REQUIRES: emulator
// RUN: rm -rf %t.cache
// RUN: %cc %s -o %exe
// RUN: env HEDDLE_CACHE=%t.cache %exe
// RUN: find %t.cache -type f | xargs strings -a > %t.symbols
// RUN: FileCheck %s < %t.symbols
// RUN: not grep -E "context_table|hdl_strand|hdl_spawn|hdl_suspend|thrd_" \
// RUN:   %t.symbols

#include "../expect.h"

int main(void) {
  int threads = 0;
#pragma omp target parallel map(tofrom : threads)
  {
#pragma omp critical
    threads++;
  }
  // CHECK: hdl_wait
  EXPECT(threads > 0);
  return expect_failures;
}
