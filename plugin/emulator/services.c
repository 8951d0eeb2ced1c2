/* services.c - what the device runtime and user code ask of the machine
 * besides running: output, memory, stacks. */
#include "machine.h"
#include "ompenv.h"
#include "plugin.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPEC_BYTES 64 /* of one conversion specification */

/* The packed arguments: each at the next multiple of its size. */
struct packed {
  const unsigned char *at;
};

/* The next argument, `size` bytes (4 or 8), zero-extended. */
static uint64_t take_word(struct packed *args, size_t size) {
  uintptr_t at = ((uintptr_t)args->at + size - 1) & ~(uintptr_t)(size - 1);
  uint64_t value = 0;
  memcpy(&value, (const void *)at, size);
  args->at = (const unsigned char *)at + size;
  return value;
}

/* The next argument as a double; a float was promoted by the caller. */
static double take_double(struct packed *args) {
  uint64_t bits = take_word(args, sizeof bits);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* A growing record. */
struct record {
  char *text;
  size_t length, room;
};

/* Make room for `more` bytes and a nul; false without memory. */
static bool reserve(struct record *r, size_t more) {
  if (r->length + more + 1 <= r->room)
    return true;
  size_t room = 2 * (r->length + more + 1);
  char *text = realloc(r->text, room);
  if (text == NULL)
    return false;
  r->text = text;
  r->room = room;
  return true;
}

/* Append plain text; without memory the record loses it. */
static void append(struct record *r, const char *text, size_t length) {
  if (!reserve(r, length))
    return;
  memcpy(r->text + r->length, text, length);
  r->length += length;
}

/* A conversion, "%-*.3ld" and the like, with its stars replaced. */
struct conversion {
  char spec[SPEC_BYTES];
  size_t length;
  size_t bytes; /* of the integer argument: 4 or 8 */
  char kind;    /* 'd', 's', ...; 0: malformed */
};

/* Lengthen the specification; one that is absurdly long is cut. */
static void add_spec(struct conversion *c, const char *text, size_t length) {
  if (c->length + length < sizeof c->spec - 1) {
    memcpy(c->spec + c->length, text, length);
    c->length += length;
    c->spec[c->length] = '\0';
  }
}

/* Read the conversion that starts at `*format`, a '%', and step over it. */
static struct conversion take_conversion(const char **format,
                                         struct packed *args) {
  struct conversion c = {.bytes = 4};
  const char *at = *format;
  add_spec(&c, at++, 1);
  for (; *at != '\0' && strchr("-+ #0123456789.*", *at) != NULL; at++) {
    char number[16];
    if (*at == '*')
      add_spec(&c, number,
               (size_t)snprintf(number, sizeof number, "%d",
                                (int)take_word(args, 4)));
    else
      add_spec(&c, at, 1);
  }
  for (; *at != '\0' && strchr("hlLjzt", *at) != NULL; at++) {
    if (strchr("ljzt", *at) != NULL)
      c.bytes = 8;
    if (*at != 'L') /* a long double is a double on the device */
      add_spec(&c, at, 1);
  }
  c.kind = *at;
  if (*at != '\0')
    add_spec(&c, at++, 1);
  *format = at;
  return c;
}

/* Append the variable `value`, which is of the type that the conversion takes
 * (it is used twice: to measure and to print). */
#define APPEND_VALUE(r, c, value)                                              \
  do {                                                                         \
    int need = snprintf(NULL, 0, (c)->spec, value);                            \
    if (need > 0 && reserve((r), (size_t)need))                                \
      (r)->length += (size_t)snprintf((r)->text + (r)->length,                 \
                                      (size_t)need + 1, (c)->spec, value);     \
  } while (0)

/* Append the argument that `c` stands for, as the C library formats it. */
static void append_conversion(struct record *r, const struct conversion *c,
                              struct packed *args) {
  switch (c->kind) {
  case '%':
    append(r, "%", 1);
    break;
  case 'd':
  case 'i':
  case 'u':
  case 'o':
  case 'x':
  case 'X':
  case 'c':
    if (c->bytes == 8) {
      long long wide = (long long)take_word(args, 8);
      APPEND_VALUE(r, c, wide);
    } else {
      int narrow = (int)take_word(args, 4);
      APPEND_VALUE(r, c, narrow);
    }
    break;
  case 'a':
  case 'A':
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G': {
    double number = take_double(args);
    APPEND_VALUE(r, c, number);
    break;
  }
  case 's':
  case 'p': {
    const void *p = (const void *)(uintptr_t)take_word(args, 8);
    if (c->kind == 's' && p == NULL)
      p = "(null)";
    APPEND_VALUE(r, c, p);
    break;
  }
  case 'n':
    take_word(args, 8); /* CUDA does not store through it either */
    break;
  default:
    append(r, c->spec, c->length);
    break;
  }
}

/* The whole record goes out in one call, so that records of lanes and lines of
 * host threads do not mix. */
int hdl_emu_vprintf(const char *format, const void *args) {
  hdl_emu_point();
  struct record r = {.text = NULL};
  struct packed packed = {.at = args};
  while (*format != '\0') {
    size_t plain = strcspn(format, "%");
    append(&r, format, plain);
    format += plain;
    if (*format == '%') {
      struct conversion c = take_conversion(&format, &packed);
      append_conversion(&r, &c, &packed);
    }
  }
  if (r.length > 0)
    fwrite(r.text, 1, r.length, stdout);
  free(r.text);
  return (int)r.length;
}

void hdl_emu_write(bool to_stderr, const char *text, size_t bytes) {
  hdl_emu_point();
  fwrite(text, 1, bytes, to_stderr ? stderr : stdout);
}

uint64_t hdl_emu_wall_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Device memory is host memory, as much as HEDDLE_HEAP_SIZE allows if it is
 * set.  A GPU's allocator may take long, so that other lanes run meanwhile. */
static size_t heap_used;

void *hdl_emu_malloc(size_t bytes) {
  hdl_emu_point();
  uint64_t limit = hdl_settings()->heap_bytes;
  if (limit != 0 && (bytes > limit || heap_used > limit - bytes))
    return NULL;
  void *p = malloc(bytes);
  heap_used += malloc_usable_size(p);
  return p;
}

void hdl_emu_free(void *p) {
  hdl_emu_point();
  heap_used -= malloc_usable_size(p);
  free(p);
}

bool hdl_emu_cancellation(void) { return hdl_omp_cancellation(); }
bool hdl_emu_checking(void) { return hdl_settings()->check != 0; }

/* All stacks lie in one range. */
bool hdl_emu_is_local(const void *p) {
  return hdl_fiber_lane_of((uintptr_t)p, NULL) >= 0;
}

size_t hdl_emu_stack_left(void) {
  const struct lane *me = hdl_emu_device.current;
  return hdl_fiber_left((uint32_t)(me - hdl_emu_device.lanes),
                        (uintptr_t)__builtin_frame_address(0));
}
