// stdout and stderr of the device are the host's, each in its order; fflush on
// the device flushes the host's stream (C17 7.21.3, 7.21.5.2).
//
// C17: 7.21 stdio.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=ERR < %t.err
// RUN: %run %exe > %t.both 2>&1
// RUN: FileCheck %s --check-prefix=BOTH < %t.both

#include <stdio.h>

int main(void) {
  static char buffer[1 << 16];
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  int kept = 0;
  // CHECK: host 1, {{device 1$}}
  printf("host 1, ");
#pragma omp target map(tofrom : kept)
  {
    printf("device 1\n");
    fprintf(stderr, "error 1\n");
    fprintf(stderr, "error ");
    fputs("2\n", stderr);
    kept += fflush(stdout) == 0;
    fprintf(stderr, "error 3\n");
    // CHECK-NEXT: device 2, {{host 2$}}
    printf("device 2, ");
    kept += fflush(stderr) == 0;
    kept += fflush(NULL) == 0;
  }
  printf("host 2\n");
  // ERR-NOT: {{host|device}}
  // ERR: error 1
  // ERR-NEXT: error 2
  // ERR-NEXT: error 3
  // ERR-NOT: {{host|device}}
  //
  // stderr has no buffer, and stdout one that is flushed after error 2:
  // BOTH: error 1
  // BOTH-NEXT: error 2
  // BOTH-NEXT: host 1, device 1
  // BOTH-NEXT: error 3
  // BOTH-NEXT: device 2, host 2
  return kept == 3 ? 0 : 1;
}
