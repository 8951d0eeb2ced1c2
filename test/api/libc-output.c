// puts, fputs, putchar, fwrite and fprintf on the device write whole records
// to stdout and stderr, each in program order (C17 7.21).
//
// C17: 7.21 stdio.h
//
// RUN: %cc %s -o %exe
// RUN: %run %exe > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=ERROR < %t.err
// RUN: sed -n "s/^thread [0-9]* says .*, twice: .*[.]$/whole/p" %t.out \
// RUN:   | FileCheck %s --check-prefix=WHOLE

#include <omp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 8, LINES = 20, LONG = 1500 };

#pragma omp begin declare target
static int hand_on(FILE *to, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vfprintf(to, format, args);
  va_end(args);
  return n;
}
static int shorten(char *to, size_t room, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(to, room, format, args);
  va_end(args);
  return n;
}
#pragma omp end declare target

int main(void) {
  int results = 0;
#pragma omp target map(tofrom : results)
  {
    // CHECK: puts writes a line
    puts("puts writes a line");
    // CHECK-NEXT: fputs does not, and putchar: !
    fputs("fputs does not, ", stdout);
    fputs("and putchar: ", stdout);
    results += putchar('!') == '!';
    results += fputc('\n', stdout) == '\n';
    // CHECK-NEXT: fwrite
    results += fwrite("fwrite\n?", 1, 7, stdout) == 7;
    // CHECK-NEXT: 5 words of 1.50e+00, %, c
    results +=
        fprintf(stdout, "%d %s of %.2e, %%, %c\n", 5, "words", 1.5, 'c') == 26;
    // ERROR: to stderr: 1 a 2.5
    results += fprintf(stderr, "to stderr: %d %s %.1f\n", 1, "a", 2.5) == 19;
    // CHECK-NEXT: handed on 7, 123456789012, 0.125, x
    results += hand_on(stdout, "handed on %d, %ld, %g, %s\n", 7, 123456789012,
                       0.125, "x") == 36;
    char text[10];
    results += shorten(text, sizeof text, "%s-%d", "shorten", 12345) == 13;
    // CHECK-NEXT: shorten-1
    puts(text);
    results += fputs("", stdin) == EOF;
    results += fflush(stdout) == 0;
    // CHECK-NEXT: {{^(y{250}){6}$}}
    char many[LONG + 1];
    memset(many, 'y', LONG);
    many[LONG] = 0;
    puts(many);
    // CHECK-NEXT: {{^}}[{{(0{250}){2}(y{250}){6}$}}
    fprintf(stdout, "[%0*d%s\n", 500, 0, many);

#pragma omp parallel num_threads(THREADS)
    for (int i = 0; i < LINES; i++)
      fprintf(stdout, "thread %d says %d, twice: %d.\n", omp_get_thread_num(),
              i, i);
  }
  // WHOLE-COUNT-160: whole
  // WHOLE-NOT: whole
  // CHECK: results: 9
  printf("results: %d\n", results);
  return results == 9 ? 0 : 1;
}
