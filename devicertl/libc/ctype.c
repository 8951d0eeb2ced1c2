/* ctype.c - <ctype.h> (C17 7.4) in the "C" locale: the functions, and the
 * tables that glibc's macros index from -128 to 255. */
#include "libc.h"

/* The bits of glibc's table on a little-endian machine. */
enum {
  UPPER = 1 << 8,
  LOWER = 1 << 9,
  ALPHA = 1 << 10,
  DIGIT = 1 << 11,
  XDIGIT = 1 << 12,
  SPACE = 1 << 13,
  PRINT = 1 << 14,
  GRAPH = 1 << 15,
  BLANK = 1 << 0,
  CNTRL = 1 << 1,
  PUNCT = 1 << 2,
  ALNUM = 1 << 3,
};

#define IN(c, first, last) ((c) >= (first) && (c) <= (last))
#define IS_ALPHA(c)        (IN(c, 'A', 'Z') || IN(c, 'a', 'z'))
#define IS_ALNUM(c)        (IS_ALPHA(c) || IN(c, '0', '9'))
#define CLASS(c)                                                               \
  ((IN(c, 'A', 'Z') ? UPPER : 0) | (IN(c, 'a', 'z') ? LOWER : 0) |             \
   (IS_ALPHA(c) ? ALPHA : 0) | (IN(c, '0', '9') ? DIGIT : 0) |                 \
   (IN(c, '0', '9') || IN(c, 'A', 'F') || IN(c, 'a', 'f') ? XDIGIT : 0) |      \
   ((c) == ' ' || IN(c, '\t', '\r') ? SPACE : 0) |                             \
   (IN(c, ' ', '~') ? PRINT : 0) | (IN(c, '!', '~') ? GRAPH : 0) |             \
   ((c) == ' ' || (c) == '\t' ? BLANK : 0) |                                   \
   (IN(c, 0, 31) || (c) == 127 ? CNTRL : 0) |                                  \
   (IN(c, '!', '~') && !IS_ALNUM(c) ? PUNCT : 0) | (IS_ALNUM(c) ? ALNUM : 0))
#define TO_LOWER(c) (IN(c, 'A', 'Z') ? (c) + 32 : (c))
#define TO_UPPER(c) (IN(c, 'a', 'z') ? (c) - 32 : (c))

#define ROW4(f, c) f(c), f((c) + 1), f((c) + 2), f((c) + 3)
#define ROW16(f, c)                                                            \
  ROW4(f, c), ROW4(f, (c) + 4), ROW4(f, (c) + 8), ROW4(f, (c) + 12)
#define ROW64(f, c)                                                            \
  ROW16(f, c), ROW16(f, (c) + 16), ROW16(f, (c) + 32), ROW16(f, (c) + 48)
#define ROW128(f, c) ROW64(f, c), ROW64(f, (c) + 64)

static const uint16_t classes[384] = {ROW128(CLASS, -128), ROW128(CLASS, 0),
                                      ROW128(CLASS, 128)};
static const int32_t lowers[384] = {ROW128(TO_LOWER, -128), ROW128(TO_LOWER, 0),
                                    ROW128(TO_LOWER, 128)};
static const int32_t uppers[384] = {ROW128(TO_UPPER, -128), ROW128(TO_UPPER, 0),
                                    ROW128(TO_UPPER, 128)};

static const uint16_t *const classes_at_0 = classes + 128;
static const int32_t *const lowers_at_0 = lowers + 128;
static const int32_t *const uppers_at_0 = uppers + 128;

HDL_LIBC const uint16_t *const *__ctype_b_loc(void) { return &classes_at_0; }
HDL_LIBC const int32_t *const *__ctype_tolower_loc(void) {
  return &lowers_at_0;
}
HDL_LIBC const int32_t *const *__ctype_toupper_loc(void) {
  return &uppers_at_0;
}

/* Computed, so that a program that calls them needs no table. */
#define DEFINE_CLASS(name, class)                                              \
  HDL_LIBC int name(int c) { return (CLASS(c) & (class)) != 0; }
DEFINE_CLASS(isalnum, ALNUM)
DEFINE_CLASS(isalpha, ALPHA)
DEFINE_CLASS(isblank, BLANK)
DEFINE_CLASS(iscntrl, CNTRL)
DEFINE_CLASS(isdigit, DIGIT)
DEFINE_CLASS(isgraph, GRAPH)
DEFINE_CLASS(islower, LOWER)
DEFINE_CLASS(isprint, PRINT)
DEFINE_CLASS(ispunct, PUNCT)
DEFINE_CLASS(isspace, SPACE)
DEFINE_CLASS(isupper, UPPER)
DEFINE_CLASS(isxdigit, XDIGIT)

HDL_LIBC int tolower(int c) { return TO_LOWER(c); }
HDL_LIBC int toupper(int c) { return TO_UPPER(c); }
