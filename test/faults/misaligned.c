// An access to an address that is not aligned for its type, on which x86-64 does
// not insist, is reported by the emulator, as it ends a program on a GPU.
//
// REQUIRES: emulator
// RUN: %cc -g %s -o %exe
// RUN: %faults %exe | FileCheck %s

#include <stdio.h>

#pragma omp begin declare target
__attribute__((noinline)) static long read(const long *p) { return *p; }
#pragma omp end declare target

int main(int argc, char **argv) {
  (void)argv;
  char bytes[32] = {0};
  long sum = 0;
#pragma omp target map(to : bytes) map(tofrom : sum)
  {
    // CHECK: heddle: error: {{.*}} accessed 0x{{.*}} at {{.*}}misaligned.c:{{[12]1}} in {{read|main}}, which is no multiple of 8 as what it points to must be (C17 6.3.2.3): a GPU stops here
    sum = read((const long *)(const void *)(bytes + argc));
  }
  printf("%ld\n", sum);
  return 0;
}
