/* floating.c - printf's conversions of doubles: e, f, g and a. */
#include "libc.h"

/* The functions that follow write a number without sign and padding.  A text
 * without room only counts, which is how the padding is found. */
static void put_fixed(struct libc_text *t, const struct libc_decimal *d,
                      int32_t places, bool point) {
  if (d->count == 0 || d->exponent <= 0)
    libc_put(t, '0');
  else
    for (int32_t i = 0; i < d->exponent; i++)
      libc_put(t, i < d->count ? (char)('0' + d->digit[i]) : '0');
  if (places > 0 || point)
    libc_put(t, '.');
  for (int32_t i = 0; i < places; i++) {
    int32_t at = (d->count ? d->exponent : 0) + i;
    libc_put(t, at >= 0 && at < d->count ? (char)('0' + d->digit[at]) : '0');
  }
}

static void put_exponent(struct libc_text *t, char letter, int32_t exponent,
                         int32_t least_digits) {
  libc_put(t, letter);
  libc_put(t, exponent < 0 ? '-' : '+');
  if (exponent < 0)
    exponent = -exponent;
  char digit[8];
  int32_t n = 0;
  for (; exponent || n < least_digits; exponent /= 10)
    digit[n++] = (char)('0' + exponent % 10);
  while (n > 0)
    libc_put(t, digit[--n]);
}

static void put_scientific(struct libc_text *t, const struct libc_decimal *d,
                           int32_t places, bool point, char letter) {
  for (int32_t i = 0; i <= places; i++) {
    libc_put(t, i < d->count ? (char)('0' + d->digit[i]) : '0');
    if (i == 0 && (places > 0 || point))
      libc_put(t, '.');
  }
  put_exponent(t, letter, d->count ? d->exponent - 1 : 0, 2);
}

/* How a finite number will be written. */
struct shape {
  struct libc_decimal digits;
  int32_t places; /* after the point */
  bool scientific, point;
  char letter;
};

static void plan(struct shape *s, const struct libc_spec *spec, char kind,
                 double number) {
  int32_t precision = spec->precision < 0 ? 6 : spec->precision;
  s->point = spec->alternative;
  s->letter = spec->kind == kind ? 'e' : 'E';
  s->places = precision;
  s->scientific = kind == 'e';
  if (kind == 'f') {
    hdl_libc_decimal(&s->digits, number, true, precision);
    return;
  }
  if (kind == 'e') {
    hdl_libc_decimal(&s->digits, number, false, precision + 1);
    return;
  }
  if (precision == 0)
    precision = 1;
  hdl_libc_decimal(&s->digits, number, false, precision);
  int32_t exponent = s->digits.count ? s->digits.exponent - 1 : 0;
  s->scientific = exponent < -4 || exponent >= precision;
  s->places = precision - 1 - (s->scientific ? 0 : exponent);
  if (spec->alternative)
    return; /* keeps the zeros at the end */
  int32_t needed = s->digits.count - 1 - (s->scientific ? 0 : exponent);
  if (s->places > needed)
    s->places = needed > 0 ? needed : 0;
}

static void put_shape(struct libc_text *t, const struct shape *s) {
  if (s->scientific)
    put_scientific(t, &s->digits, s->places, s->point, s->letter);
  else
    put_fixed(t, &s->digits, s->places, s->point);
}

/* The number with its sign, padded on one side. */
static void put_padded(struct libc_text *t, const struct libc_spec *spec,
                       const char *sign, const struct shape *s) {
  struct libc_text measure = {0};
  put_shape(&measure, s);
  struct libc_spec before = *spec;
  before.left = false;
  before.width = spec->left ? 0 : spec->width - (int32_t)measure.length;
  size_t from = t->length;
  hdl_libc_field(t, &before, sign, 0, "", 0);
  put_shape(t, s);
  if (spec->left)
    libc_put_many(t, ' ', spec->width - (int32_t)(t->length - from));
}

/* 0x1.8p+1 */
static void put_hexadecimal(struct libc_text *t, struct libc_spec spec,
                            double number, const char *sign) {
  bool upper = spec.kind == 'A';
  const char *digit = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  uint64_t bits = libc_bits_of(number);
  int32_t exponent = (int32_t)(bits >> 52 & 0x7ff);
  uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
  if (exponent)
    m |= UINT64_C(1) << 52;
  else
    exponent = m ? 1 : 1023;
  exponent -= 1023;
  int32_t places = 13;
  if (spec.precision >= 0 && spec.precision < 13) {
    uint64_t unit = UINT64_C(1) << (52 - 4 * spec.precision);
    uint64_t rest = m & (unit - 1);
    m -= rest;
    if (rest > unit / 2 || (rest == unit / 2 && (m & unit)))
      m += unit;
    places = spec.precision;
  } else if (spec.precision < 0) {
    while (places > 0 && !(m >> (52 - 4 * places) & 15))
      places--;
  }
  char body[32];
  struct libc_text b = {body, sizeof body, 0};
  libc_put(&b, digit[m >> 52]);
  if (places > 0 || spec.precision > 0 || spec.alternative)
    libc_put(&b, '.');
  for (int32_t i = 1; i <= places; i++)
    libc_put(&b, digit[m >> (52 - 4 * i) & 15]);
  size_t mantissa = b.length;
  put_exponent(&b, upper ? 'P' : 'p', exponent, 1);
  /* Zeros beyond the 13 digits go between mantissa and exponent. */
  int32_t zeros = spec.precision > 13 ? spec.precision - 13 : 0;
  char start[4] = {0};
  int32_t n = 0;
  if (*sign)
    start[n++] = *sign;
  start[n++] = '0';
  start[n] = upper ? 'X' : 'x';
  struct libc_spec first = spec;
  first.left = false;
  first.width =
      spec.left ? 0 : spec.width - zeros - (int32_t)(b.length - mantissa);
  size_t from = t->length;
  hdl_libc_field(t, &first, start, 0, body, (int32_t)mantissa);
  libc_put_many(t, '0', zeros);
  for (size_t i = mantissa; i < b.length; i++)
    libc_put(t, body[i]);
  if (spec.left)
    libc_put_many(t, ' ', spec.width - (int32_t)(t->length - from));
}

void hdl_libc_format_double(struct libc_text *t, struct libc_spec spec,
                            double number) {
  uint64_t bits = libc_bits_of(number);
  bool negative = bits >> 63;
  char kind = libc_lower(spec.kind);
  const char *sign = negative ? "-" : spec.plus ? "+" : spec.space ? " " : "";
  if ((bits >> 52 & 0x7ff) == 0x7ff) {
    bool infinite = !(bits << 12), lower = spec.kind == kind;
    const char *word =
        infinite ? (lower ? "inf" : "INF") : (lower ? "nan" : "NAN");
    spec.zero = false;
    hdl_libc_field(t, &spec, sign, 0, word, 3);
    return;
  }
  number = libc_double_of(bits & ~(UINT64_C(1) << 63));
  if (kind == 'a') {
    put_hexadecimal(t, spec, number, sign);
    return;
  }
  struct shape shape;
  plan(&shape, &spec, kind, number);
  put_padded(t, &spec, sign, &shape);
}
