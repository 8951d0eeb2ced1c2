// printf on the device prints whole lines, all of them, from many threads; all
// usual conversions work (C17 7.21.6.1).
//
// C17: 7.21 stdio.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t.out
// RUN: FileCheck %s < %t.out
// RUN: sort %t.out | FileCheck %s --check-prefix=SORTED

#include <omp.h>
#include <stdio.h>

int main(void) {
#pragma omp target
  {
    // CHECK: hello -5 4000000000 ff 123456789012 3.250 x string %
    printf("hello %d %u %x %ld %.3f %c %s %%\n", -5, 4000000000u, 255,
           123456789012L, 3.25, 'x', "string");
    // CHECK-NEXT: [   42] [42   ] [00042] [ab]
    printf("[%5d] [%-5d] [%05d] [%.2s]\n", 42, 42, 42, "abcd");
#pragma omp parallel num_threads(8)
    printf("thread %d of a team prints\n", omp_get_thread_num());
  }
  // Output of the device comes before output of the host that follows it.
  printf("last line\n");
  fflush(stdout);
  // CHECK: last line
  // SORTED: thread 0 of a team prints
  // SORTED-NEXT: thread {{[1-7]}} of a team prints
  return 0;
}
