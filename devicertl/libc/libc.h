/* libc.h - what the files of the device's C library share.
 *
 * The library is compiled with the runtime, for both machines, and linked to
 * every image; what a program does not use is dropped from it (module.c).  The
 * emulator takes mem* and strlen from the host, which code generation calls
 * anyway, and everything else from here, so that it is tested.
 *
 * A definition that clashes with the program's own gives way. */
#ifndef HDL_LIBC_H
#define HDL_LIBC_H

#include "runtime.h"

#define HDL_LIBC        __attribute__((visibility("default"), weak))
/* The same, to become part of each caller. */
#define HDL_INLINE_LIBC HDL_LIBC __attribute__((always_inline))

/* copy.c: memcpy and its like, by units as large as the addresses allow. */
HDL_API void *__heddle_memcpy(void *to, const void *from, size_t n);
HDL_API void *__heddle_memmove(void *to, const void *from, size_t n);
HDL_API void *__heddle_memset(void *to, int value, size_t n);

/* glibc's numbers, which the program was compiled with. */
enum { LIBC_ENOMEM = 12, LIBC_EINVAL = 22, LIBC_ERANGE = 34 };
static inline void libc_set_errno(int32_t error) { hdl_self()->error = error; }

/* The ASCII classes that the library itself needs; ctype.c has them all. */
static inline bool libc_is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool libc_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline char libc_lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
/* The value of `c` as a digit of a base up to 36; 99 if it is none. */
static inline uint32_t libc_digit(char c) {
  if (libc_is_digit(c))
    return (uint32_t)(c - '0');
  c = libc_lower(c);
  return c >= 'a' && c <= 'z' ? (uint32_t)(c - 'a') + 10 : 99;
}

static inline uint64_t libc_bits_of(double d) {
  union {
    double number;
    uint64_t bits;
  } u = {.number = d};
  return u.bits;
}
static inline double libc_double_of(uint64_t bits) {
  union {
    uint64_t bits;
    double number;
  } u = {.bits = bits};
  return u.number;
}

/* decimal.c: the decimal digits of a finite number >= 0, which is then
 * 0.d1d2d3... * 10^exponent; count is 0 for zero, digits after the last one
 * are zeros.  No double has more than 767 significant digits. */
struct libc_decimal {
  int32_t count, exponent;
  char digit[800];
};
/* Exactly `number` rounded to `places` significant digits, or, if `fixed`, to
 * `places` digits after the point; ties go to even. */
void hdl_libc_decimal(struct libc_decimal *d, double number, bool fixed,
                      int32_t places);

/* The text that a format makes, of which what fits in `room` is kept. */
struct libc_text {
  char *at;
  size_t room; /* 0: only count */
  size_t length;
};
static inline void libc_put(struct libc_text *t, char c) {
  if (t->length < t->room)
    t->at[t->length] = c;
  t->length++;
}
static inline void libc_put_many(struct libc_text *t, char c, int32_t n) {
  while (n-- > 0)
    libc_put(t, c);
}

/* A conversion specification. */
struct libc_spec {
  bool left, plus, space, alternative, zero; /* the flags - + (blank) # 0 */
  int32_t width;
  int32_t precision; /* -1: none */
  uint32_t bytes;    /* of an integer argument */
  char kind;         /* 'd', 's', ... */
};

/* format.c: format `format` with the packed arguments `args` (each at the next
 * multiple of its size, as nvptx64's `...` and vprintf take them). */
void hdl_libc_format(struct libc_text *t, const char *format, const void *args);
/* A number's `sign` ("", "-", "0x", ...), `zeros` zeros and body, padded. */
void hdl_libc_field(struct libc_text *t, const struct libc_spec *spec,
                    const char *sign, int32_t zeros, const char *body,
                    int32_t length);

/* floating.c: a e f g A E F G. */
void hdl_libc_format_double(struct libc_text *t, struct libc_spec spec,
                            double number);

#endif /* HDL_LIBC_H */
