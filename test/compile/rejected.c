// What clang 22 does not compile, whatever the runtime: each is named with its
// line.  When one of these passes, it needs a test of its own.
//
// OpenMP 5.2: 7.6 dispatch; 5.5.5 array reductions; 13.8 target in target
// OpenMP 5.2: 8.2.1 reverse_offload; 13.2 device(ancestor)
// OpenMP 5.2: 5.5.8 reduction(task); 7.4.4 begin metadirective
// OpenMP 5.2: 8.5 error at(compilation)
// C17: 6.7 variable-length arrays; 6.7 _Thread_local; 7.16 va_arg
// C17: 6.2 long double
//
// RUN: not %cc -DVLA -c %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=VLA
// RUN: not %cc -DTHREAD -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=THREAD
// RUN: not %cc -DVA_ARG -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=VA-ARG
// RUN: not %cc -DLONG_DOUBLE -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LONG-DOUBLE
// RUN: not %cc -DDISPATCH -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DISPATCH
// RUN: not %cc -DSECTION -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SECTION
// RUN: not %cc -DNESTED -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NESTED
// RUN: not %cc -DREVERSE -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=REVERSE
// RUN: not %cc -DANCESTOR -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ANCESTOR
// RUN: not %cc -DSCOPE -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SCOPE
// RUN: not %cc -DMETADIRECTIVE -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=METADIRECTIVE
// RUN: not %cc -DERROR -c %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ERROR
//
// REQUIRES: (emulator || gpu) && compiler

#ifdef REVERSE
// REVERSE: [[#@LINE+1]]:{{.*}}error: unexpected OpenMP clause 'reverse_offload'
#pragma omp requires reverse_offload
#endif

#include <stdarg.h>

int f(void);
_Thread_local int each;

#pragma omp begin declare target
#ifdef VA_ARG
static int second(int n, ...) {
  va_list list;
  va_start(list, n);
  // VA-ARG: [[#@LINE+1]]:{{.*}}error: CUDA device code does not support va_arg
  int value = va_arg(list, int);
  va_end(list);
  return value;
}
#endif
#pragma omp end declare target

int rejected(int *a, int n) {
  int x = 0;
#ifdef VLA
#pragma omp target map(tofrom : x)
  {
    // VLA: [[#@LINE+1]]:{{.*}}error: variable length arrays are not supported
    int local[n];
    local[0] = 1;
    x = local[0];
  }
#endif
#ifdef THREAD
#pragma omp target map(tofrom : x)
  // THREAD: [[#@LINE+1]]:{{.*}}error: thread-local storage is not supported
  x = each;
#endif
#ifdef VA_ARG
#pragma omp target map(tofrom : x)
  x = second(1, 2);
#endif
#ifdef LONG_DOUBLE
  long double wide = 1;
#pragma omp target map(tofrom : wide)
  // LONG-DOUBLE: [[#@LINE+1]]:{{.*}}error: 'wide' requires 128 bit size
  wide += 1;
#endif
#ifdef DISPATCH
  // DISPATCH: [[#@LINE+1]]:{{.*}}error: cannot compile this OpenMP dispatch
#pragma omp dispatch
  x = f();
#endif
#ifdef SECTION
#pragma omp target map(tofrom : a[0 : n])
  // SECTION: [[#@LINE+1]]:{{.*}}error: cannot generate code for reduction on
#pragma omp parallel for reduction(+ : a[0 : n])
  for (int i = 0; i < n; i++)
    a[i]++;
#endif
#ifdef NESTED
#pragma omp target
  // NESTED: [[#@LINE+1]]:{{.*}}error: region cannot be nested inside 'target'
#pragma omp target
  x = 1;
#endif
#ifdef ANCESTOR
  // ANCESTOR: [[#@LINE+1]]:{{.*}}error: device clause with ancestor
#pragma omp target device(ancestor : 1)
  x = 1;
#endif
#ifdef SCOPE
  // SCOPE: [[#@LINE+1]]:{{.*}}error: 'reduction' clause with 'task' modifier
#pragma omp scope reduction(task, + : x)
  x += 1;
#endif
#ifdef METADIRECTIVE
  // METADIRECTIVE: [[#@LINE+1]]:{{.*}}error: expected an OpenMP directive
#pragma omp begin metadirective when(user = {condition(1)} : parallel)
  x = 1;
#pragma omp end metadirective
#endif
#ifdef ERROR
  // ERROR: [[#@LINE+1]]:{{.*}}error: stopped by the program
#pragma omp error at(compilation) message("stopped by the program")
#endif
  return x;
}
