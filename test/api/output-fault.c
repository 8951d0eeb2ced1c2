// What threads have printed before one of them stops the program is written,
// and before the message (C17 7.21; OpenMP 5.2, 8.5.1).
//
// C17: 7.21 stdio.h
//
// REQUIRES: emulator || gpu
// RUN: %cc %s -o %exe
// RUN: %faults %exe > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// RUN: %run grep -c "^line [0-9]* of thread [0-9]* v*$" %t.out \
// RUN:   | FileCheck %s --check-prefix=LINES

#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 4, LINES = 25, LONG = 900 };

int main(void) {
  // CHECK: the host, with no end of line: device
  printf("the host, with no end of line: ");
#pragma omp target
  {
    puts("device");
#pragma omp parallel num_threads(THREADS)
    {
      char text[LONG + 1];
      memset(text, 'v', LONG);
      text[LONG] = 0;
      for (int i = 0; i < LINES; i++)
        printf("line %d of thread %d %s\n", i, omp_get_thread_num(), text);
#pragma omp barrier
      // LINES: {{^}}100{{$}}
      if (omp_get_thread_num() == 2) {
        printf("last words\n");
        // CHECK: last words
        // CHECK-NEXT: heddle: error: thread 2 {{.*}} 'omp error': enough
#pragma omp error at(execution) severity(fatal) message("enough")
      }
#pragma omp barrier
      // CHECK-NOT: too late
      puts("too late");
    }
  }
  return 0;
}
