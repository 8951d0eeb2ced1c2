/* process.c - how a program ends on the device, and errno. */
#include "libc.h"

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

/* The process ends at once: functions registered with atexit would find a
 * device that is still busy, so they do not run. */
HDL_LIBC _Noreturn void exit(int status) {
  hdl_fault(HDL_FAULT_EXIT, NULL, NULL, (uint32_t)status, 0);
}
HDL_LIBC _Noreturn void _Exit(int status) { exit(status); }
HDL_LIBC _Noreturn void _exit(int status) { exit(status); }

HDL_LIBC int32_t *__errno_location(void) { return &hdl_self()->error; }

/* The errors that this library reports, in glibc's words. */
HDL_LIBC const char *strerror(int error) {
  switch (error) {
  case 0:
    return "Success";
  case LIBC_ENOMEM:
    return "Cannot allocate memory";
  case LIBC_EINVAL:
    return "Invalid argument";
  case LIBC_ERANGE:
    return "Numerical result out of range";
  default:
    return "Unknown error";
  }
}

HDL_LIBC void perror(const char *what) {
  char room[256];
  struct libc_text text = {room, sizeof room - 1, 0};
  const char *args[] = {what, strerror(hdl_self()->error)};
  hdl_libc_format(&text, what && *what ? "%s: %s\n" : "%s\n",
                  what && *what ? args : args + 1);
  if (text.length > text.room)
    text.length = text.room;
  room[text.length] = 0;
  hdl_output(HDL_OUTPUT_STDERR, room, text.length);
}
