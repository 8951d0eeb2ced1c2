// declare variant, begin declare variant and metadirective choose by device,
// implementation and user condition, one way on the host and another on the
// device (OpenMP 5.2, 7.2 to 7.5).
//
// OpenMP 5.2: 7.4.3 metadirective; 7.5.4 declare variant
// OpenMP 5.2: 7.5.5 begin declare variant; 8.4 nothing
//
// Both versions of a function are there, one of them unused.
//
// REQUIRES: emulator || gpu
// RUN: %cc -fopenmp-version=52 -Wno-unused-function %s -o %exe
// RUN: %few-seeds %exe

#include "../expect.h"
#include <omp.h>

#pragma omp begin declare target
static int gpu_only(void) { return 2; }
static int other_vendor(void) { return 3; }
static int llvm(void) { return 4; }
#pragma omp declare variant(gpu_only) match(device = {kind(nohost)})
static int by_kind(void) { return 1; }
#pragma omp declare variant(gpu_only) match(device = {arch(nvptx64)})
static int by_arch(void) { return 1; }
#pragma omp declare variant(other_vendor) match(implementation = {vendor(gnu)})
#pragma omp declare variant(llvm) match(implementation = {vendor(llvm)})
static int by_vendor(void) { return 1; }
static int in_parallel(void) { return 5; }
#pragma omp declare variant(in_parallel) match(construct = {parallel})
static int by_construct(void) { return 1; }

#pragma omp begin declare variant match(device = {kind(gpu)})
static int body(void) { return 6; }
#pragma omp end declare variant
#pragma omp begin declare variant match(device = {kind(cpu)})
static int body(void) { return 7; }
#pragma omp end declare variant
#pragma omp end declare target

int main(void) {
  int seen[6] = {0}, sizes[4] = {0}, sum = 0, chosen = 0;
#pragma omp target map(tofrom : seen, sizes, sum, chosen)
  {
    seen[0] = by_kind();
    seen[1] = by_arch();
    seen[2] = by_vendor();
    seen[3] = by_construct();
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 0)
      seen[4] = by_construct();
    seen[5] = body();
#pragma omp metadirective when(                                                \
        device = {kind(nohost)} : parallel num_threads(3)) otherwise(nothing)
    if (omp_get_thread_num() == 0)
      sizes[0] = omp_get_num_threads();
#pragma omp metadirective when(implementation = {vendor(gnu)} : parallel)      \
    otherwise(nothing)
    sizes[1] += omp_get_num_threads();
#pragma omp metadirective when(user = {condition(1)} : parallel for reduction( \
                                       + : sum)) otherwise(nothing)
    for (int i = 0; i < 20; i++)
      sum += i;
#pragma omp nothing
    chosen = 1;
  }
  EXPECT_EQ(seen[0], 2);
  EXPECT_EQ(seen[1], 2);
  EXPECT_EQ(seen[2], 4);
  EXPECT_EQ(seen[3], 1);
  EXPECT_EQ(seen[4], 5);
  EXPECT_EQ(seen[5], 6);
  EXPECT(sizes[0] >= 2 && sizes[0] <= 3);
  EXPECT_EQ(sizes[1], 1);
  EXPECT_EQ(sum, 190);
  EXPECT_EQ(chosen, 1);
  EXPECT_EQ(by_kind(), 1);
  EXPECT_EQ(by_arch(), 1);
  EXPECT_EQ(by_vendor(), 4);
  EXPECT_EQ(body(), 7);
  return expect_failures;
}
