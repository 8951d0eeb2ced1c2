/* format.c - the language of printf's formats (C17 7.21.6.1).
 *
 * `long double` is a double on the device, and there are no wide characters:
 * %lc and %ls are %c and %s.  %n stores. */
#include "libc.h"

/* The packed arguments: each at the next multiple of its size. */
struct packed {
  uintptr_t at;
};

static uint32_t take_word(struct packed *p) {
  p->at = (p->at + 3) & ~(uintptr_t)3;
  uint32_t value = *(const uint32_t *)p->at;
  p->at += 4;
  return value;
}

static uint64_t take_double_word(struct packed *p) {
  p->at = (p->at + 7) & ~(uintptr_t)7;
  uint64_t value = *(const uint64_t *)p->at;
  p->at += 8;
  return value;
}

void hdl_libc_field(struct libc_text *t, const struct libc_spec *spec,
                    const char *sign, int32_t zeros, const char *body,
                    int32_t length) {
  int32_t signs = 0;
  while (sign[signs])
    signs++;
  int32_t padding = spec->width - signs - zeros - length;
  if (!spec->left && !spec->zero)
    libc_put_many(t, ' ', padding);
  for (int32_t i = 0; i < signs; i++)
    libc_put(t, sign[i]);
  if (!spec->left && spec->zero)
    libc_put_many(t, '0', padding);
  libc_put_many(t, '0', zeros);
  for (int32_t i = 0; i < length; i++)
    libc_put(t, body[i]);
  if (spec->left)
    libc_put_many(t, ' ', padding);
}

/* The flags at `at`; returns what follows them. */
static const char *read_flags(const char *at, struct libc_spec *spec) {
  for (;; at++)
    switch (*at) {
    case '-':
      spec->left = true;
      break;
    case '+':
      spec->plus = true;
      break;
    case ' ':
      spec->space = true;
      break;
    case '#':
      spec->alternative = true;
      break;
    case '0':
      spec->zero = true;
      break;
    default:
      return at;
    }
}

/* A width or a precision: digits or a star. */
static const char *read_number(const char *at, int32_t *number,
                               struct packed *args) {
  if (*at == '*') {
    *number = (int32_t)take_word(args);
    return at + 1;
  }
  int32_t n = 0;
  for (; libc_is_digit(*at); at++)
    if (n < 100000000)
      n = 10 * n + (*at - '0');
  *number = n;
  return at;
}

static const char *read_length(const char *at, struct libc_spec *spec) {
  spec->bytes = 4;
  for (;; at++)
    switch (*at) {
    case 'h':
      spec->bytes /= 2;
      break;
    case 'l':
    case 'j':
    case 'z':
    case 't':
      spec->bytes = 8;
      break;
    case 'L':
      break;
    default:
      return at;
    }
}

static const char *read_spec(const char *at, struct libc_spec *spec,
                             struct packed *args) {
  *spec = (struct libc_spec){.precision = -1};
  at = read_flags(at, spec);
  at = read_number(at, &spec->width, args);
  if (spec->width < 0) {
    spec->left = true;
    spec->width = -spec->width;
  }
  if (*at == '.')
    at = read_number(at + 1, &spec->precision, args);
  at = read_length(at, spec);
  spec->kind = *at;
  return *at ? at + 1 : at;
}

/* An integer argument, extended from the size the specification names. */
static uint64_t take_integer(const struct libc_spec *spec, struct packed *args,
                             bool is_signed) {
  if (spec->bytes == 8)
    return take_double_word(args);
  uint32_t n = take_word(args);
  if (spec->bytes == 2)
    n = is_signed ? (uint32_t)(int16_t)n : (uint16_t)n;
  else if (spec->bytes < 2)
    n = is_signed ? (uint32_t)(int8_t)n : (uint8_t)n;
  return is_signed ? (uint64_t)(int32_t)n : n;
}

/* The sign of a signed conversion. */
static const char *sign_of(const struct libc_spec *spec, bool negative) {
  return negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
}

static void put_integer(struct libc_text *t, struct libc_spec spec, uint64_t n,
                        uint32_t base, const char *sign) {
  const char *digit =
      spec.kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  char body[24];
  int32_t at = sizeof body;
  for (uint64_t rest = n; rest; rest /= base)
    body[--at] = digit[rest % base];
  int32_t length = (int32_t)sizeof body - at;
  int32_t least = spec.precision < 0 ? 1 : spec.precision;
  if (base == 8 && spec.alternative && least <= length)
    least = length + 1; /* a leading 0; and "0" needs no other */
  if (spec.precision >= 0)
    spec.zero = false;
  hdl_libc_field(t, &spec, sign, least > length ? least - length : 0, body + at,
                 length);
}

static void put_string(struct libc_text *t, struct libc_spec *spec,
                       const char *s) {
  if (!s)
    s = spec->precision < 0 || spec->precision >= 6 ? "(null)" : "";
  int32_t length = 0;
  while (length != spec->precision && s[length])
    length++;
  spec->zero = false;
  hdl_libc_field(t, spec, "", 0, s, length);
}

static void put_pointer(struct libc_text *t, struct libc_spec *spec,
                        uint64_t address) {
  if (!address) {
    spec->zero = false;
    hdl_libc_field(t, spec, "", 0, "(nil)", 5);
  } else {
    put_integer(t, *spec, address, 16, "0x");
  }
}

static void store_length(const struct libc_spec *spec, uint64_t address,
                         size_t length) {
  void *to = (void *)(uintptr_t)address;
  if (spec->bytes == 8)
    *(int64_t *)to = (int64_t)length;
  else if (spec->bytes == 4)
    *(int32_t *)to = (int32_t)length;
  else if (spec->bytes == 2)
    *(int16_t *)to = (int16_t)length;
  else
    *(int8_t *)to = (int8_t)length;
}

/* Append what `spec` stands for; false if C knows no such conversion. */
static bool convert(struct libc_text *t, struct libc_spec spec,
                    struct packed *args) {
  switch (spec.kind) {
  case 'd':
  case 'i': {
    int64_t n = (int64_t)take_integer(&spec, args, true);
    put_integer(t, spec, n < 0 ? -(uint64_t)n : (uint64_t)n, 10,
                sign_of(&spec, n < 0));
    return true;
  }
  case 'u':
    put_integer(t, spec, take_integer(&spec, args, false), 10, "");
    return true;
  case 'o':
    put_integer(t, spec, take_integer(&spec, args, false), 8, "");
    return true;
  case 'x':
  case 'X': {
    uint64_t n = take_integer(&spec, args, false);
    const char *prefix = spec.kind == 'x' ? "0x" : "0X";
    put_integer(t, spec, n, 16, spec.alternative && n ? prefix : "");
    return true;
  }
  case 'c': {
    char c = (char)take_word(args);
    spec.zero = false;
    hdl_libc_field(t, &spec, "", 0, &c, 1);
    return true;
  }
  case 's':
    put_string(t, &spec, (const char *)(uintptr_t)take_double_word(args));
    return true;
  case 'p':
    put_pointer(t, &spec, take_double_word(args));
    return true;
  case 'n':
    store_length(&spec, take_double_word(args), t->length);
    return true;
  case 'a':
  case 'A':
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
    hdl_libc_format_double(t, spec, libc_double_of(take_double_word(args)));
    return true;
  case '%':
    libc_put(t, '%');
    return true;
  default:
    return false;
  }
}

void hdl_libc_format(struct libc_text *t, const char *format,
                     const void *args) {
  struct packed packed = {(uintptr_t)args};
  while (*format) {
    if (*format != '%') {
      libc_put(t, *format++);
      continue;
    }
    struct libc_spec spec;
    const char *end = read_spec(format + 1, &spec, &packed);
    if (!convert(t, spec, &packed))
      for (const char *c = format; c < end; c++)
        libc_put(t, *c); /* what is not a conversion is printed */
    format = end;
  }
}
