/* log.c - the plugin's voice: one message, one line, one write to stderr.
 *
 * A single write(2) keeps lines whole when several threads or processes share
 * a terminal, and works in constructors, where stdio may not be used yet. */
#include "plugin.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LINE_BYTES 2048 /* longer messages are cut */

/* Write "heddle: <tag><message>\n". */
static void log_line(const char *tag, const char *format, va_list args) {
  char line[LINE_BYTES];
  int length = snprintf(line, sizeof line, "heddle: %s", tag);
  int added =
      vsnprintf(line + length, sizeof line - (size_t)length, format, args);
  if (added > 0)
    length += added;
  if ((size_t)length > sizeof line - 2)
    length = sizeof line - 2;
  line[length++] = '\n';
  ssize_t written = write(STDERR_FILENO, line, (size_t)length);
  (void)written; /* nobody is left to tell */
}

void hdl_warn(const char *format, ...) {
  va_list args;
  va_start(args, format);
  log_line("warning: ", format, args);
  va_end(args);
}

void hdl_error(const char *format, ...) {
  va_list args;
  va_start(args, format);
  log_line("error: ", format, args);
  va_end(args);
}

void hdl_info(int level, const char *format, ...) {
  if (hdl_settings()->verbose < level)
    return;
  va_list args;
  va_start(args, format);
  log_line("", format, args);
  va_end(args);
}

void hdl_flush_stdout(void) {
  if (ftrylockfile(stdout) != 0)
    return;
  fflush(stdout);
  funlockfile(stdout);
}

void hdl_die(const char *format, ...) {
  va_list args;
  va_start(args, format);
  log_line("error: ", format, args);
  va_end(args);
  hdl_flush_stdout();
  _exit(1);
}

char *hdl_sentence(const char *format, ...) {
  char *text = NULL;
  va_list args;
  va_start(args, format);
  if (vasprintf(&text, format, args) < 0)
    text = NULL;
  va_end(args);
  if (!text)
    hdl_die("this machine is out of memory");
  return text;
}
