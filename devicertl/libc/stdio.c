/* stdio.c - the output of <stdio.h> (C17 7.21): to memory, stdout and stderr.
 *
 * What one call prints stays together, whatever other threads print.  Nothing
 * is held back on the device; the host's streams buffer as they do. */
#include "libc.h"

/* What `FILE *` points to; the program never looks inside. */
struct stream {
  bool is_open, to_stderr;
};
static const struct stream input, output = {true, false}, error = {true, true};

/* Not visible to the host, so that they go with what refers to them. */
#define STREAM __attribute__((visibility("hidden"), weak)) const struct stream *
STREAM stdin = &input;
STREAM stdout = &output;
STREAM stderr = &error;

enum { END_OF_FILE = -1, RECORD = 512 /* longer ones go through the heap */ };

/* Write `bytes` characters that a nul follows. */
static bool write_text(const struct stream *to, const char *text,
                       size_t bytes) {
  if (!to->is_open)
    return false;
  if (bytes > 0)
    hdl_output(to->to_stderr ? HDL_OUTPUT_STDERR : 0, text, bytes);
  return true;
}

/* Write the characters, and an end of line after them if `line`. */
static bool write_bytes(const struct stream *to, const char *bytes, size_t n,
                        bool line) {
  char room[RECORD], *text = room;
  if (n + line >= sizeof room && !(text = arch_malloc(n + line + 1))) {
    libc_set_errno(LIBC_ENOMEM);
    return false;
  }
  for (size_t i = 0; i < n; i++)
    text[i] = bytes[i];
  if (line)
    text[n] = '\n';
  text[n + line] = 0;
  bool written = write_text(to, text, n + line);
  if (text != room)
    arch_free(text);
  return written;
}

static int format_to(const struct stream *to, const char *format,
                     const void *args) {
  char room[RECORD];
  struct libc_text t = {room, sizeof room - 1, 0};
  hdl_libc_format(&t, format, args);
  size_t length = t.length;
  char *text = room;
  if (length >= sizeof room) {
    text = arch_malloc(length + 1);
    if (!text) {
      libc_set_errno(LIBC_ENOMEM);
      return END_OF_FILE;
    }
    t = (struct libc_text){text, length, 0};
    hdl_libc_format(&t, format, args);
  }
  text[length] = 0;
  bool written = write_text(to, text, length);
  if (text != room)
    arch_free(text);
  return written ? (int)length : END_OF_FILE;
}

static int format_in(char *to, size_t room, const char *format,
                     const void *args) {
  struct libc_text t = {to, room ? room - 1 : 0, 0};
  hdl_libc_format(&t, format, args);
  if (room)
    to[t.length < room ? t.length : room - 1] = 0;
  return (int)t.length;
}

/* A va_list of nvptx64 points to the packed arguments. */
HDL_LIBC int vsnprintf(char *restrict to, size_t room,
                       const char *restrict format, const void *args) {
  return format_in(to, room, format, args);
}
HDL_LIBC int vsprintf(char *restrict to, const char *restrict format,
                      const void *args) {
  return format_in(to, PTRDIFF_MAX, format, args);
}
HDL_LIBC int vfprintf(const struct stream *restrict to,
                      const char *restrict format, const void *args) {
  return format_to(to, format, args);
}
/* What clang makes of printf, and vprintf.  The driver has a function of that
 * name, so the compiler pass calls this one. */
HDL_LIBC int __heddle_vprintf(const char *restrict format, const void *args) {
  return format_to(stdout, format, args);
}

HDL_LIBC int snprintf(char *restrict to, size_t room,
                      const char *restrict format, ARCH_REST) {
  ARCH_TAKE_REST(args, format);
  return format_in(to, room, format, args);
}
HDL_LIBC int sprintf(char *restrict to, const char *restrict format,
                     ARCH_REST) {
  ARCH_TAKE_REST(args, format);
  return format_in(to, PTRDIFF_MAX, format, args);
}
HDL_LIBC int fprintf(const struct stream *restrict to,
                     const char *restrict format, ARCH_REST) {
  ARCH_TAKE_REST(args, format);
  return format_to(to, format, args);
}

static size_t length_of(const char *s) {
  size_t n = 0;
  while (s[n])
    n++;
  return n;
}

HDL_LIBC int fputs(const char *restrict s, const struct stream *restrict to) {
  return write_text(to, s, length_of(s)) ? 0 : END_OF_FILE;
}
HDL_LIBC int puts(const char *s) {
  return write_bytes(stdout, s, length_of(s), true) ? 0 : END_OF_FILE;
}
HDL_LIBC size_t fwrite(const void *restrict data, size_t size, size_t count,
                       const struct stream *restrict to) {
  return write_bytes(to, data, size * count, false) ? count : 0;
}

static int put_character(int c, const struct stream *to) {
  char text = (char)c;
  return write_bytes(to, &text, 1, false) ? (unsigned char)c : END_OF_FILE;
}
HDL_LIBC int fputc(int c, const struct stream *to) {
  return put_character(c, to);
}
HDL_LIBC int putc(int c, const struct stream *to) {
  return put_character(c, to);
}
HDL_LIBC int putchar(int c) { return put_character(c, stdout); }

/* Let the host flush its stream when it comes to this point of the output. */
HDL_LIBC int fflush(const struct stream *to) {
  if (!to || to->is_open) {
    bool to_stderr = to && to->to_stderr;
    hdl_output(HDL_OUTPUT_FLUSH | (to_stderr ? HDL_OUTPUT_STDERR : 0), "", 0);
  }
  return 0;
}
