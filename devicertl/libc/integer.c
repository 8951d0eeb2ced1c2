/* integer.c - the integers of <stdlib.h> and <inttypes.h> (C17 7.22.1,
 * 7.22.6). */
#include "libc.h"

/* What a string starts with, read as an integer. */
struct integer {
  uint64_t magnitude; /* UINT64_MAX if it is too large */
  bool negative, too_large;
  const char *end;
};

/* Step over "0x" if a hexadecimal digit follows. */
static const char *skip_prefix(const char *s) {
  return s[0] == '0' && libc_lower(s[1]) == 'x' && libc_digit(s[2]) < 16 ? s + 2
                                                                         : s;
}

static struct integer read_integer(const char *text, int base) {
  struct integer n = {.end = text};
  if (base < 0 || base == 1 || base > 36) {
    libc_set_errno(LIBC_EINVAL);
    return n;
  }
  const char *s = text;
  while (libc_is_space(*s))
    s++;
  n.negative = *s == '-';
  if (*s == '-' || *s == '+')
    s++;
  if (base == 0)
    base = skip_prefix(s) != s ? 16 : *s == '0' ? 8 : 10;
  if (base == 16)
    s = skip_prefix(s);
  for (; libc_digit(*s) < (uint32_t)base; s++) {
    uint32_t digit = libc_digit(*s);
    if (n.magnitude > (UINT64_MAX - digit) / (uint32_t)base)
      n.too_large = true;
    n.magnitude = n.magnitude * (uint32_t)base + digit;
    n.end = s + 1;
  }
  if (n.too_large)
    n.magnitude = UINT64_MAX;
  return n;
}

static int64_t read_signed(const char *text, char **end, int base) {
  struct integer n = read_integer(text, base);
  if (end)
    *end = (char *)n.end;
  uint64_t most = (uint64_t)INT64_MAX + n.negative;
  if (n.magnitude > most) {
    libc_set_errno(LIBC_ERANGE);
    n.magnitude = most;
  }
  return (int64_t)(n.negative ? -n.magnitude : n.magnitude);
}

/* A minus sign negates in the unsigned type, C says. */
static uint64_t read_unsigned(const char *text, char **end, int base) {
  struct integer n = read_integer(text, base);
  if (end)
    *end = (char *)n.end;
  if (n.too_large) {
    libc_set_errno(LIBC_ERANGE);
    return UINT64_MAX;
  }
  return n.negative ? -n.magnitude : n.magnitude;
}

/* The second name of each is glibc's for programs in C23. */
#define DEFINE_READ(type, name, read)                                          \
  HDL_LIBC type name(const char *restrict text, char **restrict end,           \
                     int base) {                                               \
    return (type)read(text, end, base);                                        \
  }
DEFINE_READ(long, strtol, read_signed)
DEFINE_READ(long, __isoc23_strtol, read_signed)
DEFINE_READ(long long, strtoll, read_signed)
DEFINE_READ(long long, __isoc23_strtoll, read_signed)
DEFINE_READ(intmax_t, strtoimax, read_signed)
DEFINE_READ(unsigned long, strtoul, read_unsigned)
DEFINE_READ(unsigned long, __isoc23_strtoul, read_unsigned)
DEFINE_READ(unsigned long long, strtoull, read_unsigned)
DEFINE_READ(unsigned long long, __isoc23_strtoull, read_unsigned)
DEFINE_READ(uintmax_t, strtoumax, read_unsigned)

HDL_LIBC int atoi(const char *text) { return (int)read_signed(text, NULL, 10); }
HDL_LIBC long atol(const char *text) { return read_signed(text, NULL, 10); }
HDL_LIBC long long atoll(const char *text) {
  return read_signed(text, NULL, 10);
}

HDL_LIBC int abs(int n) { return n < 0 ? -n : n; }
HDL_LIBC long labs(long n) { return n < 0 ? -n : n; }
HDL_LIBC long long llabs(long long n) { return n < 0 ? -n : n; }
HDL_LIBC intmax_t imaxabs(intmax_t n) { return n < 0 ? -n : n; }

/* The program returns div_t as nvptx64 does; see arch.h. */
struct quotient {
  arch_div_int quot, rem;
};
struct long_quotient {
  int64_t quot, rem;
};
HDL_LIBC struct quotient div(int n, int by) {
  return (struct quotient){n / by, n % by};
}
HDL_LIBC struct long_quotient ldiv(long n, long by) {
  return (struct long_quotient){n / by, n % by};
}
HDL_LIBC struct long_quotient lldiv(long long n, long long by) {
  return (struct long_quotient){n / by, n % by};
}
HDL_LIBC struct long_quotient imaxdiv(intmax_t n, intmax_t by) {
  return (struct long_quotient){n / by, n % by};
}
