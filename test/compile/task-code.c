// What a task costs is how many instructions it takes (docs/performance.md), so
// those of a recursive task with two tasks and a taskwait are counted: creation,
// the loop that runs them, and the end of each, with both ways to a block of memory.
// On that way there is no fence and no atomic, and what the thread itself has is
// read in the block's shared memory (docs/design.md, 5).  What is not frequent is
// called.  A new task is brought into the L1, for whoever reads it again.
//
// REQUIRES: compiler, emulator || gpu
// RUN: %cc -O2 --offload-device-only -emit-llvm -c %s -o %t.bc
// RUN: llvm-link %t.bc %build-dir/lib/heddle-nvptx.bc -o %t.linked.bc
// RUN: opt -passes='internalize,globaldce,default<O2>' \
// RUN:   -internalize-public-api-list=use -openmp-opt-disable %t.linked.bc \
// RUN:   -o %t.opt.bc
// RUN: llc -mcpu=sm_90 -mattr=+ptx78 %t.opt.bc -o %t.ptx
// RUN: sed -n '/_omp_task_entry[$]($/,/^}/p' %t.ptx > %t.fib
// RUN: FileCheck %s --input-file=%t.fib --implicit-check-not=fence. \
// RUN:   --implicit-check-not=atom. --implicit-check-not=.acquire \
// RUN:   --implicit-check-not=.release
// RUN: grep -c ';$' %t.fib > %t.count
// RUN: FileCheck %s --input-file=%t.count --check-prefix=COUNT
// RUN: grep 'ld[.]' %t.fib | grep -vcE 'shared|param' > %t.loads
// RUN: FileCheck %s --input-file=%t.loads --check-prefix=LOADS

// CHECK: ld.shared
// CHECK: st.shared
// CHECK-COUNT-4: prefetch.global.L1
#pragma omp begin declare target
static int fib(int n) {
  int left, right;
  if (n < 2)
    return n;
#pragma omp task shared(left)
  left = fib(n - 1);
#pragma omp task shared(right)
  right = fib(n - 2);
#pragma omp taskwait
  return left + right;
}
int use(int n);
int use(int n) { return fib(n); }
#pragma omp end declare target

// COUNT: {{^(3[0-9][0-9]|4[0-5][0-9])$}}
// Loads of device memory: the count of children, the last new task and some free
// blocks are in shared memory.
// LOADS: {{^(1[0-9]|2[0-5])$}}
