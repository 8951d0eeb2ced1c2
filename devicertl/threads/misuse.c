/* misuse.c - what a program must not do with threads, told in checked mode
 * (HEDDLE_CHECK); the call then returns what C11 or POSIX says. */
#include "threads/strand.h"

/* Append to a text of 128 bytes, which is cut if longer. */
static uint32_t put(char *text, uint32_t at, const char *more) {
  while (*more && at < 127)
    text[at++] = *more++;
  text[at] = 0;
  return at;
}

HDL_OUTLINE void hdl_misuse(const char *call, const char *rule,
                            const char *name) {
  if (!hdl_checking())
    return;
  char text[128];
  uint32_t at = put(text, 0, call);
  at = put(text, at, ": ");
  at = put(text, at, rule);
  if (name && *name) {
    at = put(text, at, " (thread '");
    at = put(text, at, name);
    put(text, at, "')");
  }
  hdl_note(HDL_NOTE_MISUSE, text, NULL, 0);
}
