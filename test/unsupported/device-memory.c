// Device memory routines, whose effect in a target region OpenMP leaves open,
// stop with their name (OpenMP 5.2, 18.8).
//
// OpenMP 5.2: 18.8 device memory routines on the device
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe 0 | FileCheck %s -DNAME=omp_target_alloc
// RUN: %faults %exe 1 | FileCheck %s -DNAME=omp_target_memcpy_rect
// RUN: %faults %exe 2 | FileCheck %s -DNAME=omp_target_is_accessible
// RUN: %faults %exe 3 | FileCheck %s -DNAME=omp_target_associate_ptr
// RUN: %faults %exe 4 | FileCheck %s -DNAME=omp_get_mapped_ptr

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  int which = argc > 1 ? atoi(argv[1]) : 0;
#pragma omp target firstprivate(which)
  {
    void *p = &which;
    const size_t one = 1;
    // CHECK: heddle: error: {{.*}}[[NAME]] on the device, which Heddle does not
    if (which == 0)
      p = omp_target_alloc(8, 0);
    else if (which == 1)
      omp_target_memcpy_rect(p, p, 1, 1, &one, &one, &one, &one, &one, 0, 0);
    else if (which == 2)
      omp_target_is_accessible(p, 8, 0);
    else if (which == 3)
      omp_target_associate_ptr(p, p, 8, 0, 0);
    else
      p = omp_get_mapped_ptr(p, 0);
    // CHECK-NOT: too late
    printf("too late %p\n", p);
  }
  return 0;
}
