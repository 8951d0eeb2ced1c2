// Two target regions in flight at once print whole lines, and all are written
// when the regions have been awaited (C17 7.21; OpenMP 5.2, 13.8).
//
// OpenMP 5.2: 13.8 target nowait
// C17: 7.21 stdio.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t.out
// RUN: sed -nE "s/^region [01] line [0-9]+ (z{700}|)$/whole/p" %t.out \
// RUN:   | FileCheck %s
// RUN: tail -n 1 %t.out | FileCheck %s --check-prefix=LAST

#include <stdio.h>
#include <string.h>

enum { REGIONS = 2, LINES = 50, LONG = 700 };

int main(void) {
  for (int r = 0; r < REGIONS; r++) {
#pragma omp target nowait firstprivate(r)
#pragma omp parallel for num_threads(4) schedule(dynamic)
    for (int i = 0; i < LINES; i++) {
      char text[LONG + 1];
      memset(text, 'z', LONG);
      text[i % 2 ? LONG : 0] = 0;
      printf("region %d line %d %s\n", r, i, text);
    }
  }
#pragma omp taskwait
  // CHECK-COUNT-100: whole
  // CHECK-NOT: whole
  // LAST: both are over
  printf("both are over\n");
  return 0;
}
