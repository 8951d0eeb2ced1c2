/* libc.c - the C library functions that compiled device code cannot do
 * without.  printf, malloc and free are the driver's (or the emulator's). */
#include "runtime.h"

HDL_API _Noreturn void __assert_fail(const char *expression, const char *file,
                                     unsigned line, const char *function) {
  /* As psource: ";file;function;line;column;;". */
  char where[200], digits[10];
  unsigned at = 0, n = 0;
  const char *part[2] = {file, function};
  for (unsigned p = 0; p < 2; p++) {
    where[at++] = ';';
    for (const char *s = part[p];
         s && *s && at < sizeof where / 2 * (p + 1) - 8; s++)
      where[at++] = *s;
  }
  where[at++] = ';';
  do
    digits[n++] = (char)('0' + line % 10);
  while ((line /= 10));
  while (n)
    where[at++] = digits[--n];
  where[at++] = ';';
  where[at++] = '0';
  where[at++] = ';';
  where[at] = 0;
  hdl_fault(HDL_FAULT_ASSERT, expression, where, 0, 0);
}

HDL_API _Noreturn void abort(void) {
  hdl_fault(HDL_FAULT_ABORT, NULL, NULL, 0, 0);
}
