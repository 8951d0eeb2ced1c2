/* real.c - strtod, strtof and atof (C17 7.22.1), correctly rounded.
 *
 * A decimal number is D * 10^E with a big integer D.  As a fraction of two big
 * integers, times a power of two that makes the quotient 64 bits long, it is
 * divided bit by bit; the remainder says on which side of a tie it is.  Short
 * numbers, which are nearly all, need one operation on exact doubles. */
#include "libc.h"

enum {
  LIMBS = 128,       /* 4096 bits; the largest number below has 3800 */
  MAX_DIGITS = 770,  /* the 768th cannot decide alone, but "not zero" can */
  MAX_EXPONENT = 310 /* 10^310 is infinite */
};

struct big {
  uint32_t limb[LIMBS]; /* lowest first */
  int32_t size;         /* those from here on are not set, and stand for 0 */
};

/* b = b * factor + addend. */
static void big_scale(struct big *b, uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (int32_t i = 0; i < b->size; i++) {
    carry += (uint64_t)b->limb[i] * factor;
    b->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry && b->size < LIMBS)
    b->limb[b->size++] = (uint32_t)carry;
}

static void big_scale_10(struct big *b, int32_t power) {
  for (; power >= 9; power -= 9)
    big_scale(b, 1000000000, 0);
  for (; power > 0; power--)
    big_scale(b, 10, 0);
}

static void big_shift(struct big *b, int32_t bits) {
  int32_t limbs = bits / 32;
  if (bits % 32)
    big_scale(b, 1u << bits % 32, 0);
  if (limbs == 0 || b->size == 0 || b->size + limbs > LIMBS)
    return;
  for (int32_t i = b->size; i-- > 0;)
    b->limb[i + limbs] = b->limb[i];
  for (int32_t i = 0; i < limbs; i++)
    b->limb[i] = 0;
  b->size += limbs;
}

static int32_t big_bits(const struct big *b) {
  return b->size == 0
             ? 0
             : 32 * b->size - (int32_t)__builtin_clz(b->limb[b->size - 1]);
}

static int32_t big_compare(const struct big *a, const struct big *b) {
  if (a->size != b->size)
    return a->size < b->size ? -1 : 1;
  for (int32_t i = a->size; i-- > 0;)
    if (a->limb[i] != b->limb[i])
      return a->limb[i] < b->limb[i] ? -1 : 1;
  return 0;
}

/* a -= b, where a >= b. */
static void big_subtract(struct big *a, const struct big *b) {
  uint64_t borrow = 0;
  for (int32_t i = 0; i < a->size; i++) {
    uint64_t part = (i < b->size ? b->limb[i] : 0) + borrow;
    borrow = a->limb[i] < part;
    a->limb[i] = (uint32_t)(a->limb[i] - part);
  }
  while (a->size > 0 && !a->limb[a->size - 1])
    a->size--;
}

/* m * 2^e rounded to a float or a double, whose mantissa has `bits` bits and
 * whose smallest number is 2^least; the top bit of m is set, and `more` says
 * that the true value is a bit above. */
static double compose(uint64_t m, int32_t e, bool more, int32_t bits,
                      int32_t least) {
  int32_t drop = 64 - bits;
  if (e + drop < least)
    drop = least - e;
  if (drop > 64) {
    libc_set_errno(LIBC_ERANGE);
    return 0;
  }
  uint64_t kept = drop < 64 ? m >> drop : 0;
  uint64_t half = UINT64_C(1) << (drop - 1);
  uint64_t rest = drop < 64 ? m & (2 * half - 1) : m;
  if (rest > half || (rest == half && (more || kept % 2)))
    kept++;
  e += drop;
  if (kept >> bits) { /* carried into one more bit */
    kept >>= 1;
    e++;
  }
  if (kept && e + bits - 1 > (bits == 53 ? 1023 : 127)) {
    libc_set_errno(LIBC_ERANGE);
    return libc_double_of(UINT64_C(0x7ff) << 52);
  }
  if (!(kept >> (bits - 1)) && (rest || more))
    libc_set_errno(LIBC_ERANGE); /* subnormal, and not exact */
  /* kept has 53 bits at most, so that both steps below are exact. */
  double d = (double)kept;
  for (; e > 0; e -= e > 1000 ? 1000 : e)
    d *= libc_double_of((uint64_t)((e > 1000 ? 1000 : e) + 1023) << 52);
  for (; e < 0; e += e < -1000 ? 1000 : -e)
    d *= libc_double_of((uint64_t)((e < -1000 ? -1000 : e) + 1023) << 52);
  return d;
}

/* D * 10^exponent; `more`: D had further digits that are not all zero. */
static double from_decimal(struct big *d, int32_t exponent, bool more,
                           int32_t bits, int32_t least) {
  struct big by = {.limb = {1}, .size = 1};
  if (exponent >= 0)
    big_scale_10(d, exponent);
  else
    big_scale_10(&by, -exponent);
  /* Make by <= d / 2^63 < 2 by, so that the quotient has 64 bits. */
  int32_t shift = big_bits(d) - big_bits(&by);
  big_shift(shift < 0 ? d : &by, shift < 0 ? -shift : shift);
  if (big_compare(d, &by) < 0) {
    shift--;
    big_scale(d, 2, 0);
  }
  uint64_t quotient = 0;
  for (int32_t i = 0; i < 64; i++) {
    quotient <<= 1;
    if (big_compare(d, &by) >= 0) {
      big_subtract(d, &by);
      quotient |= 1;
    }
    big_scale(d, 2, 0);
  }
  return compose(quotient, shift - 63, more || d->size > 0, bits, least);
}

/* "e+5": the number, limited so that sums of it do not overflow. */
static const char *read_exponent(const char *s, char letter, int32_t *value) {
  if (libc_lower(*s) != letter)
    return s;
  const char *at = s + 1;
  bool negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;
  if (!libc_is_digit(*at))
    return s;
  int32_t n = 0;
  for (; libc_is_digit(*at); at++)
    if (n < 100000000)
      n = 10 * n + (*at - '0');
  *value += negative ? -n : n;
  return at;
}

/* The digits of a number and where its point is. */
struct digits {
  const char *end; /* NULL: there are none */
  int32_t exponent;
  bool more; /* digits that were left out are not all zero */
};

static const char *skip_point(const char *s, bool *seen) {
  if (*s != '.' || *seen)
    return s;
  *seen = true;
  return s + 1;
}

static double read_hexadecimal(const char *s, const char **end, int32_t bits,
                               int32_t least) {
  uint64_t m = 0;
  bool more = false, point = false, any = false;
  int32_t e = 0;
  for (;;) {
    s = skip_point(s, &point);
    uint32_t digit = libc_digit(*s);
    if (digit >= 16)
      break;
    any = true;
    if (m >> 60) {
      more |= digit != 0;
      e += point ? 0 : 4;
    } else {
      m = m << 4 | digit;
      e -= point ? 4 : 0;
    }
    s++;
  }
  *end = any ? read_exponent(s, 'p', &e) : NULL;
  if (!m)
    return 0;
  int32_t zeros = __builtin_clzll(m);
  return compose(m << zeros, e - zeros, more, bits, least);
}

static struct digits read_digits(const char *s, struct big *d) {
  struct digits r = {0};
  bool point = false;
  int32_t count = 0;
  d->size = 0;
  for (;;) {
    s = skip_point(s, &point);
    if (!libc_is_digit(*s))
      break;
    r.end = s; /* there is one */
    uint32_t digit = (uint32_t)(*s++ - '0');
    if (count < MAX_DIGITS) {
      count += count || digit;
      if (d->size)
        big_scale(d, 10, digit);
      else if (digit)
        d->limb[d->size++] = digit;
      r.exponent -= point;
    } else {
      r.more |= digit != 0;
      r.exponent += !point;
    }
  }
  if (r.end)
    r.end = read_exponent(s, 'e', &r.exponent);
  return r;
}

static double read_decimal(const char *s, const char **end, int32_t bits,
                           int32_t least) {
  struct big d;
  struct digits r = read_digits(s, &d);
  *end = r.end;
  if (!r.end || d.size == 0)
    return 0;
  int32_t magnitude = r.exponent + big_bits(&d) * 3 / 10; /* below log10 */
  if (magnitude > MAX_EXPONENT)
    return compose(UINT64_C(1) << 63, 2000, false, bits, least);
  if (magnitude < -400)
    return compose(UINT64_C(1) << 63, -2000, true, bits, least);
  uint64_t small = d.limb[0];
  if (d.size == 2)
    small |= (uint64_t)d.limb[1] << 32;
  if (bits == 53 && d.size <= 2 && !(small >> 53) && r.exponent >= -22 &&
      r.exponent <= 22) {
    double power = 1; /* exact: 5^22 < 2^53 */
    for (int32_t i = 0; i < r.exponent || i < -r.exponent; i++)
      power *= 10;
    return r.exponent < 0 ? (double)small / power : (double)small * power;
  }
  return from_decimal(&d, r.exponent, r.more, bits, least);
}

/* Whether `s` starts with `word`, whatever the case. */
static bool starts_with(const char *s, const char *word) {
  while (*word && libc_lower(*s) == *word)
    s++, word++;
  return !*word;
}

/* "inf", "infinity", "nan", "nan(...)"; NULL: none of them. */
static const char *read_special(const char *s, double *number) {
  if (starts_with(s, "inf")) {
    *number = libc_double_of(UINT64_C(0x7ff) << 52);
    return s + (starts_with(s, "infinity") ? 8 : 3);
  }
  if (!starts_with(s, "nan"))
    return NULL;
  *number = libc_double_of(UINT64_C(0x7ff8) << 48);
  const char *at = s + 3;
  if (*at != '(')
    return at;
  do
    at++;
  while (libc_digit(*at) < 36 || *at == '_');
  return *at == ')' ? at + 1 : s + 3;
}

static double read_real(const char *text, char **end, int32_t bits,
                        int32_t least) {
  const char *s = text, *stop;
  while (libc_is_space(*s))
    s++;
  bool negative = *s == '-';
  if (*s == '-' || *s == '+')
    s++;
  double number = 0;
  stop = read_special(s, &number);
  if (!stop && s[0] == '0' && libc_lower(s[1]) == 'x')
    number = read_hexadecimal(s + 2, &stop, bits, least);
  if (!stop)
    number = read_decimal(s, &stop, bits, least);
  if (end)
    *end = (char *)(stop ? stop : text);
  return negative ? -number : number;
}

HDL_LIBC double strtod(const char *restrict text, char **restrict end) {
  return read_real(text, end, 53, -1074);
}
HDL_LIBC float strtof(const char *restrict text, char **restrict end) {
  return (float)read_real(text, end, 24, -149);
}
HDL_LIBC double atof(const char *text) { return strtod(text, NULL); }
